import { expect, test } from 'vitest';
import { watchFiles, type FileStates } from './watch-files.ts';

async function collect(
  looks: readonly (Record<string, string> | Error)[],
  take: number,
  due = () => false,
): Promise<string[][]> {
  const stop = new AbortController();
  let at = 0;
  const look = (): Promise<FileStates> => {
    const next = looks[Math.min(at, looks.length - 1)] ?? {};
    at += 1;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(new Map(Object.entries(next)));
  };
  const found: string[][] = [];
  for await (const paths of watchFiles(new Map([['a', '1']]), {
    look,
    due,
    signal: stop.signal,
    interval: 1,
  })) {
    found.push(paths);
    if (found.length === take) stop.abort();
  }
  return found;
}

test('a change is told once the files have been still, with everything that changed meanwhile', async () => {
  expect(await collect([{ a: '2' }, { a: '2', b: '1' }, { a: '2', b: '1' }], 1)).toEqual([['a', 'b']]);
});

test('a removed file is a change', async () => {
  expect(await collect([{}], 1)).toEqual([['a']]);
});

test('a look that fails changes nothing and the next one counts', async () => {
  expect(await collect([new Error('busy'), { a: '3' }, { a: '3' }], 1)).toEqual([['a']]);
});

test('two changes with a pause between them are two', async () => {
  expect(await collect([{ a: '2' }, { a: '2' }, { a: '3' }, { a: '3' }], 2)).toEqual([['a'], ['a']]);
});

test('when it is due nothing is told as such; a change that is there by then is told with it', async () => {
  let asked = 0;
  const due = () => (asked += 1) === 2;
  expect(await collect([{ a: '1' }], 1, due)).toEqual([[]]);
  expect(await collect([{ a: '2' }, { a: '2' }], 1, () => true)).toEqual([['a']]);
});
