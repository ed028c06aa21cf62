import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes, type ErrorEntry } from '../../src/core/errors/code.ts';
import { errorRegistry } from '../../src/core/errors/registry.ts';

type Render = (
  registry: Record<string, ErrorEntry>,
  exits: Record<string, number>,
  language: 'en' | 'zh',
) => string;

const root = join(import.meta.dirname, '../..');
const script = new URL('../../scripts/error-reference.mjs', import.meta.url).href;
const { renderErrorReference, errorPages } = (await import(script)) as {
  renderErrorReference: Render;
  errorPages: Record<'en' | 'zh', string>;
};

describe('the error reference', () => {
  test.each(['en', 'zh'] as const)('in %s says what the registry says', (language) => {
    const page = readFileSync(join(root, errorPages[language]), 'utf8');
    expect(page).toBe(renderErrorReference(errorRegistry, exitCodes, language));
  });

  test('names every code, with its meaning and remedy, in both languages', () => {
    for (const language of ['en', 'zh'] as const) {
      const page = renderErrorReference(errorRegistry, exitCodes, language);
      for (const [code, entry] of Object.entries<ErrorEntry>(errorRegistry)) {
        expect(page).toContain(`### ${code}\n`);
        expect(page).toContain(entry.meaning[language]);
        expect(page).toContain(entry.remedy[language]);
      }
    }
  });

  test('gives a code the HTTP status and exit code that a client and a shell see', () => {
    const page = renderErrorReference(errorRegistry, exitCodes, 'en');
    const section = page.slice(page.indexOf('### TOW_EVALUATE_GATE_FAILED'));
    expect(section).toContain('Kind: gate · exit code: 3 · HTTP status: 400');
  });
});

describe('the registry of error codes', () => {
  // The programs of the trainer name theirs in Python.
  const sources = [...sourceFiles(join(root, 'src')), ...sourceFiles(join(root, 'trainer/src'))]
    .filter((path) => !path.includes(join('errors', 'codes')))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

  test('holds no code that nothing reports', () => {
    const unused = Object.keys(errorRegistry).filter((code) => !new RegExp(`['"]${code}['"]`).test(sources));
    expect(unused).toEqual([]);
  });

  test('holds every code that the source names', () => {
    const named = new Set(sources.match(/['"]TOW_[A-Z0-9_]+['"]/g)?.map((quoted) => quoted.slice(1, -1)));
    expect([...named].filter((code) => !(code in errorRegistry))).toEqual([]);
  });
});

/** TypeScript and Python files below a folder, tests left out. */
function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|py)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => join(folder, path));
}
