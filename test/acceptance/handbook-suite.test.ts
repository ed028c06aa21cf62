import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sections } from '../../src/app/stages.ts';
import type { SuiteQuestion } from '../../src/contract/suite.ts';
import { projectJsonSchema } from '../../src/project/json-schema.ts';
import { settingPaths } from './setting-paths.ts';

const handbook = join(dirname(fileURLToPath(import.meta.url)), '../../examples/handbook');
const languages = ['en', 'zh'] as const;

const pagesOf = (language: string): string[] =>
  readdirSync(join(handbook, 'docs', language))
    .filter((name) => name.endsWith('.md'))
    .sort();

const pageText = (path: string): string => readFileSync(join(handbook, path), 'utf8');

const suiteOf = (language: string): SuiteQuestion[] =>
  pageText(`suite/${language}.jsonl`)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SuiteQuestion);

/** What a link to a heading holds after `#`: lower case, punctuation dropped, spaces as hyphens. */
const anchor = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

const withoutCode = (markdown: string): string => markdown.replaceAll(/^```[\s\S]+?^```/gm, '');

describe('the handbook', () => {
  it('has the same pages in both languages, at least 20', () => {
    expect(pagesOf('zh')).toEqual(pagesOf('en'));
    expect(pagesOf('en').length).toBeGreaterThanOrEqual(20);
  });

  it('opens each page with one title and has at least two sections on it', () => {
    for (const language of languages)
      for (const name of pagesOf(language)) {
        const text = withoutCode(pageText(`docs/${language}/${name}`));
        expect(text, name).toMatch(/^# \S/);
        expect(text.match(/^# /gm), name).toHaveLength(1);
        expect(text.match(/^## /gm)?.length ?? 0, name).toBeGreaterThanOrEqual(2);
      }
  });

  it('links only to pages and headings that exist', () => {
    const broken: string[] = [];
    for (const language of languages)
      for (const name of pagesOf(language)) {
        const from = `docs/${language}/${name}`;
        for (const [, target = ''] of withoutCode(pageText(from)).matchAll(/\]\(([^)\s]+)\)/g)) {
          if (/^https?:/.test(target)) continue;
          const [file = '', fragment] = decodeURI(target).split('#');
          const path = file === '' ? from : normalize(join(dirname(from), file)).replaceAll('\\', '/');
          const known = languages.some((each) =>
            pagesOf(each).some((page) => path === `docs/${each}/${page}`),
          );
          if (!known) broken.push(`${from}: ${target}`);
          else if (fragment !== undefined) {
            const headings = Array.from(pageText(path).matchAll(/^#+ (.+)$/gm), ([, text = '']) =>
              anchor(text),
            );
            if (!headings.includes(fragment)) broken.push(`${from}: ${target}`);
          }
        }
      }
    expect(broken).toEqual([]);
  });

  it('names every setting of the project file on the settings page', () => {
    const paths = settingPaths(projectJsonSchema(sections));
    expect(paths).toContain('serve.deadline');
    expect(paths).toContain('evaluate.gates[].metric');
    for (const language of languages) {
      const text = pageText(`docs/${language}/settings.md`);
      // The two models take the same keys; the places of one of them are described once.
      const missing = paths.filter(
        (path) =>
          !text.includes(`\`${path}\``) &&
          !text.includes(`\`${path.replace('models.embedder.', 'models.generator.')}\``),
      );
      expect(missing, language).toEqual([]);
    }
  });
});

describe.each(languages)('the suite in %s', (language) => {
  const questions = suiteOf(language);
  const answerable = questions.filter((question) => question.answers.length > 0);

  it('asks at least 44 questions that are answered and 10 that are not', () => {
    expect(answerable.length).toBeGreaterThanOrEqual(44);
    expect(questions.length - answerable.length).toBeGreaterThanOrEqual(10);
  });

  it('gives each question an id of its own and the language of its file', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(questions.filter((question) => question.language !== language)).toEqual([]);
    expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length);
  });

  it('quotes each passage word for word from its page', () => {
    const wrong = answerable.filter(
      ({ passage }) => passage === undefined || !pageText(passage.source).includes(passage.text),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('quotes no passage that another page repeats', () => {
    const repeated = answerable.filter(({ passage }) =>
      pagesOf(language).some((name) => {
        const path = `docs/${language}/${name}`;
        return path !== passage?.source && pageText(path).includes(passage?.text ?? '');
      }),
    );
    expect(repeated.map(({ id }) => id)).toEqual([]);
  });

  it('gives a passage to no question that must be declined', () => {
    expect(questions.filter(({ answers, passage }) => answers.length === 0 && passage)).toEqual([]);
  });

  it('asks about most pages', () => {
    const asked = new Set(answerable.map(({ passage }) => passage?.source));
    expect(asked.size).toBeGreaterThanOrEqual(20);
  });
});
