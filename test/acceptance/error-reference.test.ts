import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes, type ErrorEntry } from '../../src/core/errors/entry.ts';
import { registeredErrors } from '../../src/core/errors/registry.ts';
import type { ErrorText } from '../../src/core/messages/error-texts.ts';
import { errorTextTable } from '../../src/core/messages/error-table.ts';

interface Reference {
  readonly registry: Readonly<Record<string, ErrorEntry>>;
  readonly texts: Readonly<Record<string, ErrorText>>;
  readonly exitCodes: Readonly<Record<string, number>>;
}

type Render = (reference: Reference, language: 'en' | 'zh') => string;

const root = join(import.meta.dirname, '../..');
const script = new URL('../../scripts/error-reference.mjs', import.meta.url).href;
const { renderErrorReference, errorPages } = (await import(script)) as {
  renderErrorReference: Render;
  errorPages: Record<'en' | 'zh', string>;
};

const registry = registeredErrors();
const reference: Reference = { registry, texts: errorTextTable, exitCodes };

describe('the error reference', () => {
  test.each(['en', 'zh'] as const)('in %s says what the registry says', (language) => {
    const page = readFileSync(join(root, errorPages[language]), 'utf8');
    expect(page).toBe(renderErrorReference(reference, language));
  });

  test('names every code, with its meaning and remedy, in both languages', () => {
    for (const language of ['en', 'zh'] as const) {
      const page = renderErrorReference(reference, language);
      for (const [code, text] of Object.entries<ErrorText>(errorTextTable)) {
        expect(page).toContain(`### ${code}\n`);
        expect(page).toContain(text.meaning[language]);
        expect(page).toContain(text.remedy[language]);
      }
    }
  });

  test('gives a code the HTTP status and exit code that a client and a shell see', () => {
    const page = renderErrorReference(reference, 'en');
    const section = page.slice(page.indexOf('### TOW_EVALUATE_GATE_FAILED'));
    expect(section).toContain('Kind: gate · exit code: 3 · HTTP status: 400');
  });
});

describe('the registry of error codes', () => {
  // The programs of the trainer name theirs in Python.
  const sources = [...sourceFiles(join(root, 'src')), ...sourceFiles(join(root, 'trainer/src'))]
    .filter((path) => !/errors\.ts$/.test(path) && !path.includes(join('texts', 'errors')))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

  test('holds no code that nothing reports', () => {
    const unused = Object.keys(registry).filter((code) => !new RegExp(`['"]${code}['"]`).test(sources));
    expect(unused).toEqual([]);
  });

  test('holds every code that the source names', () => {
    const named = new Set(sources.match(/['"]TOW_[A-Z0-9_]+['"]/g)?.map((quoted) => quoted.slice(1, -1)));
    expect([...named].filter((code) => !(code in registry))).toEqual([]);
  });
});

/** TypeScript and Python files below a folder, tests left out. */
function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|py)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => join(folder, path));
}
