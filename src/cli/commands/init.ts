import { resolve } from 'node:path';
import { Command } from 'commander';
import type { InitRecord } from '../../app/init/init.ts';
import { say, type Text } from '../../core/messages/message.ts';
import { shellWord } from '../../core/shell-word.ts';
import type { Context } from '../context.ts';
import { table } from '../output/table.ts';
import { printable, printableInLine } from '../output/width.ts';
import { examples } from './examples.ts';

export function initCommand(context: Context): Command {
  return new Command('init')
    .description(context.say('command.init'))
    .argument('[dir]', context.say('command.init.dir'))
    .option('--force', context.say('command.init.force'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath init', say('command.init.example.here')],
        ['towpath init handbook --force', say('command.init.example.force')],
      ),
    )
    .action(async (dir: string | undefined, options: { force?: boolean }) => {
      const { initProject } = await import('../../app/init/init.ts');
      const folder = resolve(context.io.cwd, dir ?? context.named ?? '.');
      const record = await context.waiting(say('show.waiting.documents'), () =>
        initProject({ dir: folder, force: options.force === true, language: context.language }),
      );
      const elsewhere = folder !== resolve(context.io.cwd);
      const project = elsewhere ? ` --project ${shellWord(dir ?? folder)}` : '';
      context.printRecord(record, () => initLines(record, project, context));
    });
}

function initLines(record: InitRecord, project: string, context: Context): string[] {
  const { style, words, io } = context;
  const { documents, sources, suites, short, cutShort, skipped, endings } = record;
  const wrote = `${style.green('✓')} ${words('show.wrote', { file: printable(record.file) })}`;
  const warn = (text: string) => `${style.yellow('!')} ${text}`;
  if (documents === 0) {
    return [
      wrote,
      '',
      warn(
        skipped.some(({ path }) => endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`)))
          ? words('show.none-taken')
          : words('show.no-documents', { formats: endings.slice(0, -1), last: endings.at(-1) ?? '' }),
      ),
      ...skippedLines(record, context),
      '',
      words('show.next'),
      `  ${words('show.next-documents')}`,
      `  ${style.cyan(`towpath validate${project}`)}   ${words('show.next-checks')}`,
    ];
  }
  return [
    wrote,
    '',
    ...table(
      [
        { header: words('column.source'), cell: ({ name }) => printableInLine(name) },
        { header: words('column.files'), align: 'right', cell: ({ count }) => String(count) },
        {
          header: words('column.patterns'),
          flexible: true,
          cell: ({ files }) => printableInLine(files.join(', ')),
        },
      ],
      sources,
      style,
      io.out.columns,
    ),
    '',
    words('show.languages', {
      files: say('unit.files', { n: documents }),
      languages: allOf(record.languages),
    }),
    ...(suites.length > 0 ? [printableInLine(words('show.questions', { files: suites }))] : []),
    ...sources
      .filter(({ unread }) => unread === true)
      .map(({ name, files }) =>
        warn(printableInLine(words('show.columns-unknown', { files, source: name }))),
      ),
    ...(short
      ? [warn(printableInLine(words('show.short-texts', { count: short.characters, path: short.path })))]
      : []),
    ...(cutShort ? [warn(words('show.cut-short'))] : []),
    ...skippedLines(record, context),
    '',
    words('show.next'),
    `  ${style.cyan(`towpath validate${project}`)}   ${words('show.next-checks-file')}`,
    `  ${style.cyan(`towpath up${project}`)}         ${words('show.next-up')}`,
    `  ${style.cyan(`towpath ask${project} "…"`)}    ${words('show.next-ask')}`,
  ];
}

/** `en`, `en and zh`. */
function allOf(languages: readonly string[]): Text {
  return (
    languages.reduce<Text | undefined>(
      (one, other) => (one === undefined ? other : say('show.and', { one, other })),
      undefined,
    ) ?? ''
  );
}

const mostShown = 20;

function skippedLines({ skipped, skippedCount }: InitRecord, { style, words }: Context): string[] {
  if (skippedCount === 0) return [];
  const more = skippedCount - Math.min(skipped.length, mostShown);
  return [
    '',
    `${style.yellow('!')} ${words('show.not-read')}`,
    ...skipped
      .slice(0, mostShown)
      .map(
        ({ path, whyText }) =>
          `  ${printableInLine(path)}  ${style.dim(printableInLine(words.text(whyText)))}`,
      ),
    ...(more > 0 ? [style.dim(`  ${words('show.not-read-more', { count: more })}`)] : []),
  ];
}
