import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, verbatim } from '../../core/messages/message.ts';
import { readerFault } from './reject.ts';

function endless(depth: number): number {
  return endless(depth + 1) + 1;
}

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('what a reader throws at a document becomes the reason that the document is left out for', async () => {
  expect(readerFault(await thrownBy(() => endless(0)))).toEqual({
    code: 'TOW_DATA_READER_FAILED',
    reason: say('reject.unreadable', { why: 'RangeError: Maximum call stack size exceeded' }),
  });
});

test('so does an error of a library that is of no special kind', () => {
  expect(readerFault(new Error('unexpected token'))).toMatchObject({ code: 'TOW_DATA_READER_FAILED' });
});

test('a source that changed, a refusal of the system and a cancelled run are no fault of a document', async () => {
  const changed = new TowpathError('TOW_DATA_SOURCE_CHANGED', verbatim('a.md changed'));
  const refused = await thrownBy(() => readFile('/nowhere/a.md'));
  const cancelled = await thrownBy(() => AbortSignal.abort().throwIfAborted());
  for (const error of [changed, refused, cancelled]) expect(readerFault(error)).toBeUndefined();
});
