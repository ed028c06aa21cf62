import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { openDatabase } from './database.ts';
import { asEngineError, engineMemory, LargestDocument } from './memory.ts';
import { RowAppender } from './row-appender.ts';

const [mebibyte, gibibyte] = [2 ** 20, 2 ** 30];

test.each([
  ['a large machine', 24 * gibibyte, 2 ** 64, 6 * gibibyte],
  ['a small one', gibibyte, 0, 512 * mebibyte],
  ['a container of a large machine', 64 * gibibyte, 4 * gibibyte, gibibyte],
  ['a very small container', 64 * gibibyte, 512 * mebibyte, 256 * mebibyte],
])('%s gives DuckDB its part', (_, machine, container, expected) => {
  expect(engineMemory(machine, container)).toBe(expected);
});

describe('DuckDB under a limit', () => {
  let scratch: string;
  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'towpath-engine-'));
  });
  afterEach(() => rm(scratch, { recursive: true }));

  it('spills what is beyond it', async () => {
    const database = await openDatabase({ scratch, cores: 2, memory: 64 * mebibyte });
    await database.run('CREATE TABLE t (n INTEGER, text VARCHAR)');
    const appender = await RowAppender.open(database, 't');
    for (let n = 0; n < 100_000; n += 1) appender.append([n, `${String(n)} `.repeat(300)]);
    appender.close();
    const [row] = await database.rows(
      'SELECT count(*)::INTEGER AS n, max(length(text))::INTEGER AS l FROM t',
    );
    expect(row).toEqual({ n: 100_000, l: 1800 });
    database.close();
  });

  it('says by name what does not fit, in whatever call it shows', async () => {
    const memory = 32 * mebibyte;
    const database = await openDatabase({ cores: 1, memory });
    await database.run('CREATE TABLE t (text VARCHAR)');
    const appender = await RowAppender.open(database, 't');
    const large = 'x'.repeat(64 * mebibyte);
    const expected = { code: 'TOW_DATA_MEMORY', exitCode: 4, data: { limit: memory } };
    expect(() => {
      appender.append([large]);
      appender.close();
    }).toThrow(expect.objectContaining(expected) as Error);
    const query = 'SELECT n FROM range(20000000) t(n) ORDER BY n DESC';
    await expect(database.run(`CREATE TABLE sorted AS ${query}`)).rejects.toMatchObject(expected);
    await expect(database.rows(query)).rejects.toMatchObject(expected);
    await expect(
      (async () => {
        for await (const batch of database.batches(query)) expect(batch).toHaveLength(0);
      })(),
    ).rejects.toMatchObject(expected);
    database.close();
  });

  it('names the largest document met', () => {
    const largest = new LargestDocument();
    largest.meet('docs/small.md', 10);
    largest.meet('docs/big.txt', 191 * mebibyte);
    largest.meet('docs/next.md', 20);
    const native = new Error('Out of Memory Error: failed to allocate data of size 191.7 MiB');
    expect(largest.blame(asEngineError(native, 512 * mebibyte))).toMatchObject({
      message:
        'the documents need more than the 512 MiB of memory that a step may take here; the largest is docs/big.txt (191 MiB)',
      where: 'docs/big.txt',
    });
  });

  it('takes a full disk for what it is, and no other error', () => {
    const told = (text: string): unknown => asEngineError(new Error(text), gibibyte);
    expect(
      told("Out of Memory Error: failed to offload data block. 'max_temp_directory_size'"),
    ).toMatchObject({
      code: 'TOW_STORE_DISK_FULL',
    });
    expect(told('IO Error: Could not write file: No space left on device')).toMatchObject({
      code: 'TOW_STORE_DISK_FULL',
    });
    const other = new Error('Binder Error: no such column');
    expect(asEngineError(other, gibibyte)).toBe(other);
  });
});
