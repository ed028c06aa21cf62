import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unsupported } from '../src/qa/checking/support.ts';

interface Example {
  readonly id: string;
  readonly language: string;
  readonly question: string;
  readonly passage: string;
  readonly answer: string | null;
  readonly source: string;
}

const handbook = join(dirname(fileURLToPath(import.meta.url)), '../examples/handbook');
const languages = ['en', 'zh'] as const;

const linesOf = <T>(path: string): T[] =>
  readFileSync(join(handbook, path), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const examplesOf = (language: string): Example[] => linesOf(`train/${language}.jsonl`);
const all = languages.flatMap(examplesOf);
const answered = all.flatMap((row) => (row.answer === null ? [] : [{ ...row, answer: row.answer }]));
const pages = new Map(
  [...new Set(all.map(({ source }) => source))]
    .filter((source) => existsSync(join(handbook, source)))
    .map((source) => [source, readFileSync(join(handbook, source), 'utf8')]),
);

const numbers = (text: string): string[] => text.match(/\d+(?:[.,]\d+)*/g) ?? [];
const codeSpans = (text: string): string[] => text.match(/`[^`]+`/g) ?? [];

/** Groups of three neighbouring characters, letters and digits alone: works for both languages. */
function trigrams(text: string): Set<string> {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return new Set(
    Array.from(plain)
      .map((_, at, letters) => letters.slice(at, at + 3).join(''))
      .slice(0, -2),
  );
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((group) => other.has(group)).length;
  return shared / Math.max(1, one.size + other.size - shared);
}

const idsWhere = (rows: readonly Example[], broken: (row: Example) => boolean): string[] =>
  rows.filter(broken).map(({ id }) => id);

describe('the training rows of the handbook', () => {
  it('are at least 320 in each language, 200 of them by hand and some 50 to be declined', () => {
    for (const language of languages) {
      const rows = examplesOf(language);
      expect(rows.length, language).toBeGreaterThanOrEqual(320);
      expect(rows.filter(({ id }) => id.startsWith('hand-')).length, language).toBeGreaterThanOrEqual(200);
      expect(rows.filter(({ answer }) => answer === null).length, language).toBeGreaterThanOrEqual(45);
      expect(idsWhere(rows, (row) => row.language !== language)).toEqual([]);
    }
  });

  it('have ids and questions that occur once', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(idsWhere(all, ({ id }) => !/^(?:gen|hand)-(?:en|zh)-/.test(id))).toEqual([]);
    const asked = new Map<string, string[]>();
    for (const { id, question, passage } of all) {
      const key = `${question}\n${passage}`;
      asked.set(key, [...(asked.get(key) ?? []), id]);
    }
    expect([...asked.values()].filter((ids) => ids.length > 1)).toEqual([]);
  });

  it('quote a page that exists, word for word, in at most 900 characters', () => {
    expect(idsWhere(all, ({ source }) => !pages.has(source))).toEqual([]);
    expect(idsWhere(all, ({ source, passage }) => pages.get(source)?.includes(passage) !== true)).toEqual([]);
    expect(idsWhere(all, ({ passage }) => passage.length === 0 || passage.length > 900)).toEqual([]);
  });

  it('cover every page of the handbook', () => {
    for (const language of languages)
      for (const name of readdirSync(join(handbook, 'docs', language)))
        expect(pages.has(`docs/${language}/${name}`), `${language}/${name}`).toBe(true);
  });

  it('answer with numbers and code that stand in the passage', () => {
    const strange = answered.filter(
      ({ answer, passage }) =>
        codeSpans(answer).some((span) => !passage.includes(span)) ||
        numbers(answer).some((number) => !numbers(passage).includes(number)),
    );
    expect(strange.map(({ id }) => id)).toEqual([]);
  });

  it('answer in ways that the service lets through', () => {
    const refused = answered.filter(
      ({ answer, passage, question }) => unsupported(answer, [passage], question) !== undefined,
    );
    expect(refused.length, refused.map(({ id }) => id).join(', ')).toBeLessThan(answered.length / 100);
  });

  it('ask nothing that a suite asks', () => {
    const suite = languages.flatMap((language) =>
      linesOf<{ id: string; question: string }>(`suite/${language}.jsonl`).map(({ id, question }) => ({
        id,
        groups: trigrams(question),
      })),
    );
    const alike = all.flatMap((row) => {
      const groups = trigrams(row.question);
      return suite.filter((one) => likeness(groups, one.groups) >= 0.6).map((one) => `${row.id} ${one.id}`);
    });
    expect(alike).toEqual([]);
  });

  it('hold the generated rows that the pages give today', () => {
    expect(() =>
      execFileSync(process.execPath, [join(handbook, 'train/make.mjs'), '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });
});
