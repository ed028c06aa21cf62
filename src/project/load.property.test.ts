import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkProject } from './load.ts';
import type { Problem } from './problem.ts';
import { toyFile, toySections } from './testing/toy-sections.ts';

const yamlish = fc
  .array(
    fc.constantFrom(
      ...[
        'project',
        'sources',
        'serve',
        'port',
        'name',
        'files',
        'token',
        ':',
        ': ',
        '\n',
        '\n  ',
        '\n- ',
        '- ',
        '[',
        ']',
      ],
      ...[
        '{',
        '}',
        ', ',
        '&a ',
        '*a',
        '!x ',
        '"',
        "'",
        '|\n',
        '>\n',
        '#',
        '---\n',
        '\t',
        '\r\n',
        '7411',
        'null',
        '中文',
        '😀',
      ],
      ...['? ', '<<: ', '%', '@', '\u0000', '\ufffd', '__proto__: ', 'constructor: '],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

function placed(problem: Problem, text: string): boolean {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const line = lines[problem.line - 1];
  return (
    line !== undefined && problem.column >= 1 && problem.column <= line.length + 1 && problem.length >= 1
  );
}

async function check(text: string): Promise<readonly Problem[]> {
  return (await checkProject(Buffer.from(text), '/nowhere', toySections)).problems;
}

it('never throws, and places every problem inside the file, for any text', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        yamlish,
        fc.string({ unit: 'binary' }),
        yamlish.map((tail) => toyFile + tail),
      ),
      async (text) => {
        for (const problem of await check(text))
          expect(placed(problem, text), JSON.stringify({ problem, text })).toBe(true);
      },
    ),
    { numRuns: 1500 },
  );
});

it('reports at least one problem, placed, for any value that is no project', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
      const text = stringify({ project: 'a', sources: value });
      const problems = await check(text);
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems)
        expect(placed(problem, text), JSON.stringify({ problem, text })).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('survives any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(Array.isArray((await checkProject(bytes, '/nowhere', toySections)).problems)).toBe(true);
    }),
  );
});
