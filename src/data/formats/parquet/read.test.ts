import { expect, test } from 'vitest';
import { formats } from '../table.ts';
import { readSample } from '../testing/read-sample.ts';
import { parquet } from './format.ts';
import { sample } from './testing/sample.ts';

test('damage in the column of the identities alone costs the file, and not the step', async () => {
  const bytes = Buffer.from(await sample.bytes());
  // The first column begins behind the four letters.
  bytes.fill(0, 4, 8);
  const { settings = {} } = sample;
  expect(await readSample(formats, parquet, bytes, { settings })).toMatchObject({
    documents: [],
    rejects: [{ code: 'TOW_DATA_PARQUET_INVALID' }],
  });
  const { documents } = await readSample(formats, parquet, bytes);
  expect(documents.map(({ text }) => text)).toEqual(sample.documents.map(({ text }) => text));
});
