import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { CommanderError, type Command } from 'commander';
import { parse, stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openTowpath } from '../../src/app/open.ts';
import { sections } from '../../src/app/stages.ts';
import type { Towpath } from '../../src/app/towpath.ts';
import { Context } from '../../src/cli/context.ts';
import { createProgram } from '../../src/cli/program.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { CapturedOutput } from '../../src/cli/testing/capture.ts';
import { registeredErrors } from '../../src/core/errors/registry.ts';
import { parseSuiteLine } from '../../src/evaluate/suite/line.ts';
import { projectJsonSchema } from '../../src/project/json-schema.ts';
import { glossaryTranslator } from '../../src/qa/translation/glossary.ts';
import { parseExample } from '../../src/train/rows/example.ts';
import { settingPaths } from '../acceptance/setting-paths.ts';
import { meaningOf } from './blocks.ts';
import { placeOf, readPages, type Page } from './pages.ts';

const pages = readPages();
const paths = settingPaths(projectJsonSchema(sections));

const blocksOf = <K extends ReturnType<typeof meaningOf>['kind']>(kind: K) =>
  pages.flatMap((page) =>
    page.blocks.flatMap((block) => {
      const meaning = meaningOf(block, page);
      return meaning.kind === kind
        ? [{ place: placeOf(page, block), meaning: meaning as Extract<typeof meaning, { kind: K }> }]
        : [];
    }),
  );

const model = {
  name: 'sample',
  sha256: 'ab'.repeat(32),
  licence: 'Apache-2.0',
  from: [{ file: 'models/sample.gguf' }],
};
const minimal = { project: 'sample', sources: [{ name: 'docs', files: ['docs/**/*.md'] }] };

type Settings = Record<string, unknown>;

/** A part of a project file as a whole one: under the key that it belongs to, with what its page left out. */
function wholeFile(yaml: string): string {
  const part = parse(yaml.replaceAll(/\b[0-9a-f]{8}…/g, 'ab'.repeat(32))) as Settings;
  const keys = Object.keys(part);
  const isTop = keys.every((key) => paths.some((path) => path.split(/[.[]/)[0] === key));
  const above = paths.find((path) => keys.every((key) => path.includes(`.${key}[]`)));
  if (!isTop && above === undefined) throw new Error(`no setting has ${keys.join(', ')} in it`);
  const settings = isTop
    ? part
    : nested((above ?? '').split(`.${keys[0] ?? ''}[]`)[0]?.split('.') ?? [], part);
  const models = settings['models'] as { generator?: Settings } | undefined;
  return stringify({
    ...minimal,
    ...('train' in settings && { evaluate: { suites: ['suite.jsonl'] } }),
    ...settings,
    ...(needsModel(settings) && { models: { ...models, generator: { ...model, ...models?.generator } } }),
  });
}

const needsModel = (settings: Settings): boolean => 'models' in settings || 'train' in settings;

const nested = (keys: readonly string[], value: Settings): Settings =>
  keys.reduceRight<Settings>((inner, key) => ({ [key]: inner }), value);

/** A file for each that the settings name, or that a pattern of theirs would find. */
async function writeNamedFiles(settings: unknown, dir: string): Promise<void> {
  if (typeof settings === 'object' && settings !== null) {
    for (const each of Object.values(settings)) await writeNamedFiles(each, dir);
  } else if (
    typeof settings === 'string' &&
    /^[\w./*-]+\.(?:md|html|csv|jsonl|txt|tsv|gguf)$/.test(settings)
  ) {
    const path = join(dir, settings.replaceAll('**/', '').replaceAll('*', 'sample'));
    await mkdir(dirname(path), { recursive: true });
    const language = settings.includes('zh') ? 'zh' : 'en';
    const question = language === 'zh' ? '哪个？' : 'Which one?';
    const passage = { source: 'docs/sample.md', text: question };
    const rows = [
      { id: `${language}-1`, language, question, answers: [question], passage },
      { id: `${language}-2`, language, question: `${question}?`, answers: [] },
    ];
    await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
}

const over = new AbortController().signal;

/** What a command line says, in this process: the real one, over the real sections. */
async function said(args: readonly string[], cwd: string): Promise<{ exitCode: number; text: string }> {
  const out = new CapturedOutput();
  const err = new CapturedOutput();
  const io = { out, err, in: Readable.from([]), env: {}, cwd, signal: over };
  const exitCode = await runCli(args, io, { open: openTowpath, sections: () => Promise.resolve(sections) });
  return { exitCode, text: `${out.text}${err.text}` };
}

const noProject = () => Promise.reject<Towpath>(new Error('no command is carried out here'));

function wholeProgram(): Command {
  const [out, err] = [new CapturedOutput(), new CapturedOutput()];
  const io = { out, err, in: Readable.from([]), env: {}, cwd: '/', signal: over };
  return createProgram(
    new Context(io, { open: noProject, sections: () => Promise.resolve(sections) }, 'en', []),
  );
}

const optionsOf = (command: Command): string[] => [
  ...command
    .createHelp()
    .visibleOptions(command)
    .map(({ long }) => long ?? ''),
  ...command.commands.flatMap(optionsOf),
];

/** What the command line has against these words; undefined when it takes them. Nothing is carried out. */
async function refusal(args: readonly string[]): Promise<string | undefined> {
  const program = wholeProgram();
  const settle = (command: Command): void => {
    if (command.commands.length === 0) command.action(() => undefined);
    for (const each of command.commands) settle(each);
  };
  settle(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError) || thrown.exitCode === 0) return undefined;
    // A sentence may name a command without what it takes.
    return ['commander.missingArgument', 'commander.optionMissingArgument', 'commander.help'].includes(
      thrown.code,
    )
      ? undefined
      : thrown.message;
  }
}

describe('samples on the pages', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-samples-'));
    vi.stubEnv('XDG_CONFIG_HOME', join(dir, 'configuration'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(dir, { recursive: true, force: true });
  });

  test.each(blocksOf('settings').map((each) => [each.place, each] as const))(
    'settings at %s are valid in a project file',
    async (_place, { meaning }) => {
      const yaml = wholeFile(meaning.yaml);
      await writeFile(join(dir, 'towpath.yaml'), yaml);
      await writeNamedFiles(parse(yaml), dir);
      const first = await said(['validate', '--project', dir], dir);
      // What needs the reader's trust is given it, by the command that the error prints.
      const trust = /`towpath (trust [^`]+)`/.exec(first.text)?.[1];
      if (trust !== undefined) await said(trust.split(' '), dir);
      const { exitCode, text } =
        trust === undefined ? first : await said(['validate', '--project', dir], dir);
      expect(text).not.toContain('TOW_');
      expect(exitCode).toBe(0);
    },
  );

  test.each(
    blocksOf('rows').flatMap((each) => each.meaning.lines.map((line) => [each.place, line] as const)),
  )('a row at %s is one: %s', (_place, line) => {
    const row = JSON.parse(line) as Settings;
    if ('reason' in row) {
      expect(Object.keys(row)).toEqual(['source', 'line', 'code', 'reason']);
      expect(Object.keys(registeredErrors())).toContain(row['code']);
    } else if ('answers' in row) expect(parseSuiteLine(line).problems).toBeUndefined();
    else expect(parseExample(line, 'rows').problems).toBeUndefined();
  });

  test.each(blocksOf('terms').map((each) => [each.place, each] as const))(
    'terms at %s are a glossary',
    async (place, { meaning }) => {
      const [english = '', chinese = ''] = meaning.text.split(/[\t\n]/);
      const translator = glossaryTranslator(meaning.text, place);
      expect(await translator.translate(`${chinese}？`, 'en', over)).toEqual([english]);
    },
  );
});

/** The command lines of Towpath in a text for a shell, without what surrounds them. */
function towpathLines(text: string): string[][] {
  return text
    .split(/\n|&&|\|/)
    .map((line) => line.trim().replace(/^\$ /, ''))
    .filter((line) => /^(?:\.\/)?towpath(?: |$)/.test(line))
    .map((line) =>
      (line.replace(/\s+(?:#|[>2]).*$/, '').match(/"[^"]*"|'[^']*'|\S+/g) ?? [])
        .slice(1)
        .map((word) => word.replace(/^["'[]|["'\]]$/g, ''))
        .filter((word) => !/^<.*>$/.test(word)),
    );
}

const linesOf = (page: Page): string[][] => [
  ...page.spans.flatMap(({ text }) => towpathLines(text)),
  ...page.blocks.flatMap((block) => {
    const meaning = meaningOf(block, page);
    return meaning.kind === 'commands' ? meaning.shown.flatMap(({ command }) => towpathLines(command)) : [];
  }),
];

describe('command lines on the pages', () => {
  test.each(pages.filter((page) => linesOf(page).length > 0).map((page) => [page.path, page] as const))(
    'of %s are ones that Towpath knows',
    async (_path, page) => {
      const unknown: string[] = [];
      for (const args of linesOf(page)) {
        const refused = await refusal(args);
        if (refused !== undefined) unknown.push(`towpath ${args.join(' ')}: ${refused}`);
      }
      expect(unknown).toEqual([]);
    },
  );

  test('an option that a sentence names is one of some command', () => {
    const known = new Set(optionsOf(wholeProgram()));
    const named = pages
      // Errors speak of the options of other programs as well.
      .filter(({ path, name }) => path.startsWith('examples/handbook/') && name !== 'errors')
      .flatMap(({ path, spans }) =>
        spans.flatMap(({ text }) =>
          (/^--[a-z][\w-]*(?=$| [A-Z]+$)/.exec(text) ?? []).map((option) => `${path} ${option}`),
        ),
      );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((each) => !known.has(each.split(' ')[1] ?? ''))).toEqual([]);
  });

  test('are the same in both languages', () => {
    const told = (page: Page): string[] =>
      [
        ...page.spans.map(({ text }) => text).filter((text) => /^(?:\.\/)?towpath |^--|^npm /.test(text)),
        ...page.blocks.flatMap((block) => {
          const meaning = meaningOf(block, page);
          return meaning.kind === 'commands' ? meaning.shown.map(({ command }) => command) : [];
        }),
      ]
        .map((text) =>
          text
            .replaceAll(/"[^"]*"|\{.*\}/g, '"…"')
            .replaceAll(/docs\/(?:en|zh)\//g, 'docs/')
            .replaceAll(/<[^>]*>|\b[A-Z]{2,}\b|\p{Script=Han}+/gu, 'NAME')
            .replaceAll(/\s+#.*$/gm, ''),
        )
        .sort();
    const chinese = new Map(
      pages.filter(({ language }) => language === 'zh').map((page) => [page.name, page]),
    );
    for (const page of pages.filter(({ language }) => language === 'en')) {
      const other = chinese.get(page.name);
      expect(other === undefined ? undefined : told(other), page.name).toEqual(told(page));
    }
  });
});
