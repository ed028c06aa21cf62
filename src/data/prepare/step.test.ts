import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DocumentRecord } from '../../contract/documents/document.ts';
import { render } from '../../core/messages/message.ts';
import { dataSection } from '../data-section.ts';
import { readDocuments } from '../../contract/documents/read-documents.ts';
import { ingest, readRejects } from '../testing/ingest.ts';
import { testContext } from '../testing/step-context.ts';
import type { DatasetCard } from '../../contract/dataset-card.ts';
import type { MaskedRecord } from './masked.ts';
import { prepareParamsOf } from './params.ts';
import { step } from './step.ts';

async function prepare(documents: string, data: object = {}, cores = 1) {
  const params = step.params.parse(prepareParamsOf(dataSection.schema.parse(data)));
  const { context } = await testContext(params, { inputs: { documents }, outputs: ['dataset'], cores });
  await step.run(context);
  const dir = context.outputs['dataset'] as string;
  const records: DocumentRecord[] = [];
  for await (const record of readDocuments(dir)) records.push(record);
  const card = JSON.parse(await readFile(join(dir, 'card.json'), 'utf8')) as DatasetCard;
  return { dir, records, card, rejects: await readRejects(dir) };
}

const english = 'The gate opens when the levels agree, and the boat goes on its way to the next lock.';
const french =
  'Le bateau avance lentement le long du canal, et les écluses s’ouvrent quand les niveaux sont égaux.';

test('documents are cleaned, masked and split; the rest is listed with its reason', async () => {
  const { dir } = await ingest({
    'en.md': `# Gates\r\n\r\n${english}  \r\n\r\n\r\n\r\nWrite to zhang.wei@firm.cn.`,
    'copy.md': `# Gates\n\n${english}\n\nWrite to zhang.wei@firm.cn.\n`,
    'zh.md': '# 门槛\n\n水位一致时，闸门就会打开，船可以继续前进。电话：13812345678。',
    'fr.md': french,
    'short.md': 'tiny',
    'garbled.md': `${english} ${'\ufffd'.repeat(20)}`,
    'rows.jsonl': `${JSON.stringify({ text: 'x' })}\n${JSON.stringify({ text: english })}\n`,
  });
  const { records, rejects, card } = await prepare(dir);
  expect(records.map(({ source }) => source).sort()).toHaveLength(3);
  expect(records.map(({ id }) => id)).toEqual(records.map(({ id }) => id).toSorted());
  const page = records.find(({ title }) => title === 'Gates');
  expect(page).toMatchObject({ language: 'en', text: `# Gates\n\n${english}\n\nWrite to [EMAIL].` });
  expect(records.find(({ source }) => source === 'zh.md')).toMatchObject({ language: 'zh', title: '门槛' });
  expect(
    rejects.map(({ source, line, code }) => [source.replace(/^(?:en|copy)/, 'either'), line, code]),
  ).toEqual([
    ['either.md', undefined, 'TOW_DATA_DUPLICATE'],
    ['fr.md', undefined, 'TOW_DATA_LANGUAGE'],
    ['garbled.md', undefined, 'TOW_DATA_GARBLED'],
    ['rows.jsonl#1', 1, 'TOW_DATA_TOO_SHORT'],
    ['short.md', undefined, 'TOW_DATA_TOO_SHORT'],
  ]);
  const foreign = rejects.find(({ code }) => code === 'TOW_DATA_LANGUAGE');
  expect(foreign && render(foreign.text, 'en')).toContain('language is fr');
  expect(card).toMatchObject({
    documents: 3,
    masked: { email: 2, phone: 1 },
    languages: { en: { documents: 2 } },
  });
  expect(card.sources).toHaveLength(7);
});

test('what is masked is listed by kind and place, and never what it was', async () => {
  const { dir } = await ingest({
    'a.md': `---\ntitle: Call 13912345678\n---\r\n\r\n\r\n\r\n${english}\u2028second line\n\n\u200b\n\n* zhang.wei@firm.cn\n* 13812345678 or ada@firm.cn\n`,
    'b.txt': `${english}\n\n\n\nWrite to ada@firm.cn.`,
    'c.html': `<p>${english}</p>\n\n<p>ada@firm.cn</p>`,
    'd.csv': `text\n"${english} ada@firm.cn"\n"${english}\n13812345678"\n`,
  });
  const { dir: dataset, card } = await prepare(dir);
  const text = await readFile(join(dataset, 'masked.jsonl'), 'utf8');
  const places = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as MaskedRecord);
  expect(places).toEqual([
    { source: 'a.md', line: 11, kind: 'email' },
    { source: 'a.md', line: 12, kind: 'email' },
    { source: 'a.md', line: 12, kind: 'phone' },
    { source: 'a.md', title: true, kind: 'phone' },
    { source: 'b.txt', line: 5, kind: 'email' },
    { source: 'c.html', kind: 'email' },
    { source: 'd.csv#1', line: 2, kind: 'email' },
    { source: 'd.csv#2', line: 3, kind: 'phone' },
  ]);
  expect(card.masked).toMatchObject({ email: 5, phone: 3 });
  expect(text).not.toMatch(/firm|1381234/);
});

test('of documents with one text the one with the smallest id stays', async () => {
  const files = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`d${String(n)}.txt`, english]));
  const { dir, documents } = await ingest(files);
  const smallest = documents.map((each) => String(each['id'])).sort()[0];
  const { records, rejects } = await prepare(dir);
  expect(records.map(({ id }) => id)).toEqual([smallest]);
  expect(rejects).toHaveLength(8);
  const kept = records[0]?.source ?? '';
  for (const { text } of rejects) {
    expect(render(text, 'en')).toBe(`its text is that of ${kept}`);
    expect(render(text, 'zh')).toBe(`文本与 ${kept} 相同`);
  }
  expect((await prepare(dir, { deduplicate: 'off' })).records).toHaveLength(9);
});

test('a source whose documents are all rejected is an error; any language lets them in', async () => {
  const { dir } = await ingest({ 'fr.md': french });
  await expect(prepare(dir)).rejects.toMatchObject({ code: 'TOW_DATA_SOURCE_EMPTY' });
  expect((await prepare(dir, { languages: ['any'] })).records).toMatchObject([{ language: 'und' }]);
});

test('what such a source lost is in the log, since there is no dataset that lists it', async () => {
  const { dir } = await ingest({ 'fr.md': french, 'short.md': 'tiny' });
  const params = step.params.parse(prepareParamsOf(dataSection.schema.parse({})));
  const { context, logs } = await testContext(params, { inputs: { documents: dir }, outputs: ['dataset'] });
  await expect(step.run(context)).rejects.toMatchObject({ code: 'TOW_DATA_SOURCE_EMPTY' });
  expect(logs).toEqual([
    expect.stringMatching(/^rejected fr\.md: .*language is fr/),
    expect.stringMatching(/^rejected short\.md: /),
  ]);
});

test('characters that were lost are counted, whether they stand in the file or were escapes of none', async () => {
  const { dir } = await ingest({
    'a.jsonl': `{"text":"${english}"}\n{"text":"boats \\ud83d wait here for long"}\n`,
    'b.md': `The gates \ufffd\ufffd open in the morning.`,
  });
  const { rejects } = await prepare(dir);
  expect(rejects.map(({ text }) => render(text, 'en'))).toEqual([
    'one of its characters is lost: U+FFFD stands there, or an escape of no character',
    '2 of its characters are lost: U+FFFD stands there, or an escape of no character',
  ]);
});

test('where every text is too short, the setting is named', async () => {
  const { dir } = await ingest({ 'a.csv': 'id,text\n1,tiny\n2,small\n' });
  await expect(prepare(dir)).rejects.toMatchObject({
    code: 'TOW_DATA_SOURCE_EMPTY',
    hint: expect.stringContaining('shorter than `data.min_characters` (20)') as string,
  });
});

test('the same documents give the same bytes, whatever the number of cores', async () => {
  const lines = Array.from({ length: 9000 }, (_, n) =>
    JSON.stringify({ text: `${english} ${String(n % 8000)}` }),
  );
  const { dir } = await ingest({ 'rows.jsonl': lines.join('\n') });
  const runs = [await prepare(dir, {}, 1), await prepare(dir, {}, 2), await prepare(dir, {}, 4)];
  for (const file of ['documents.parquet', 'rejects.jsonl', 'masked.jsonl', 'card.json']) {
    const [first, ...rest] = await Promise.all(runs.map((run) => readFile(join(run.dir, file))));
    for (const other of rest) expect(other.equals(first as Buffer)).toBe(true);
  }
});

test('the layout of a text is that of its format, whatever its source is called', async () => {
  const { dir } = await ingest(
    {
      'a.txt': `${english} One.`,
      'b.md': `${english} Two.`,
      'c.html': `<p>${english} Three.`,
      'd.jsonl': JSON.stringify({ id: 'notes.txt', text: `${english} Four.` }),
    },
    { id: 'id' },
  );
  const { records } = await prepare(dir);
  expect(Object.fromEntries(records.map(({ source, layout }) => [source, layout]))).toEqual({
    'a.txt': 'plain',
    'b.md': 'markdown',
    'c.html': 'markdown',
    'd.jsonl#notes.txt': 'markdown',
  });
});
