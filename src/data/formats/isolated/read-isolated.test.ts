import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { render } from '../../../core/messages/message.ts';
import { OutsideFile } from '../../../core/outside-file.ts';
import { compiledModule } from '../../../flow/code/compiled.ts';
import { ingest } from '../../testing/ingest.ts';
import { folderWith, testContext } from '../../testing/step-context.ts';
import { ingestStep } from '../../ingest/ingest-step.ts';
import { listSources } from '../../ingest/list-sources.ts';
import type { WholeFormat } from '../format.ts';
import { lookAt } from '../look.ts';
import { formats as everyFormat } from '../table.ts';

const troubles = new URL('../testing/troubles.mjs', import.meta.url).href;
const { format } = (await import(troubles)) as { readonly format: WholeFormat };
const formats = everyFormat.with(format);
const hasty = everyFormat.with({ ...format, isolated: { module: troubles, memory: 160, time: 1000 } });
const beside = { 'good.md': '# Good\n\nA document that is as it should be.\n' };

afterEach(() => {
  vi.unstubAllEnvs();
});

async function read(name: string, table = formats) {
  const files = { ...beside, [name]: 'what it holds' };
  const { documents, rejects } = await ingest(files, {}, { formats: table });
  return {
    documents: documents
      .filter(({ source }) => source !== 'good.md')
      .map(({ source, text, layout }) => [source, text, layout]),
    reasons: rejects.map(({ source, code, text }) => [source, code, render(text, 'en')]),
  };
}

/** Processes that read a file for a test of this file. */
async function readers(): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('/isolated/child.js') && command.includes(troubles)) found.push(pid);
  }
  return found;
}

test.each(['good', 'printing'])('what a %s reader gives is taken', async (how) => {
  expect(await read(`a.${how}`)).toEqual({
    documents: [[`a.${how}`, 'what it holds', 'plain']],
    reasons: [],
  });
});

test.each([
  ['loops for ever', 'endless'],
  ['waits for what never comes', 'waiting'],
])('a reader that %s costs its file once its time is over', async (_, how) => {
  const { documents, reasons } = await read(`a.${how}`, hasty);
  expect(documents).toEqual([]);
  expect(reasons).toEqual([[`a.${how}`, 'TOW_DATA_READER_FAILED', 'reading it took longer than 1 s']]);
  expect(await readers()).toEqual([]);
});

test.each([
  ['fills the heap', 'heap', /^reading it took more memory than 160 MiB$/],
  ['fills memory beside the heap', 'buffers', /^reading it took more memory than 160 MiB$/],
  ['exits as if all were well', 'exit', /^the process that read it ended before its end \(exit 0\)$/],
  ['crashes', 'abort', /^the process that read it ended before its end \(SIGABRT\)$/],
  ['gives what is no document', 'garbage', /^the process that read it gave something else than documents$/],
  ['gives a line without an end', 'flood', /^the process that read it gave something else than documents$/],
  ['throws', 'throw', /Error: the reader gave up/],
])('a reader that %s costs its file, with a reason, and nothing of it is taken', async (_, how, reason) => {
  const { documents, reasons } = await read(`a.${how}`);
  expect(documents).toEqual([]);
  expect(reasons).toEqual([[`a.${how}`, 'TOW_DATA_READER_FAILED', expect.stringMatching(reason)]]);
  expect(await readers()).toEqual([]);
});

test('rows, rejects and any text come back as they are, a document beyond the limit alone does not', async () => {
  expect(await read('a.large')).toEqual({
    documents: [['a.large#b', '中文\n"quoted" \u{1f6a2}', 'plain']],
    reasons: [
      ['a.large', 'TOW_DATA_TOO_LARGE', 'its text is longer than 1.0 MiB'],
      ['a.large#c', 'TOW_DATA_NO_TEXT', 'nothing is left without its markup'],
    ],
  });
});

test('a cancelled step ends its reader', async () => {
  const dir = await folderWith({ 'a.waiting': 'what it holds' });
  const sources = [{ name: 'all', files: ['*'], exclude: [], encoding: 'auto' as const, text: 'text' }];
  const params = await listSources(dir, sources, { maxFileSize: 1000, formats });
  const cancel = new AbortController();
  const { context } = await testContext(params, {
    projectDir: dir,
    outputs: ['documents'],
    signal: cancel.signal,
  });
  const running = ingestStep(formats, import.meta.url).run(context);
  await expect.poll(readers).toHaveLength(1);
  cancel.abort(new Error('the run was cancelled'));
  await expect(running).rejects.toThrow('the run was cancelled');
  expect(await readers()).toEqual([]);
  expect(await readdir(context.scratch)).not.toContainEqual(expect.stringMatching(/^(?:source|reader-)/));
});

test('init sees such a file as a run reads it, and leaves nothing', async () => {
  const dir = await folderWith({ 'a.good': 'what it holds', 'a.endless': 'x', 'a.throw': 'x' });
  vi.stubEnv('TMPDIR', await folderWith());
  const look = async (path: string) =>
    await lookAt(formats, format, await OutsideFile.open(path, { within: [dir], maxBytes: 100 }), 'auto');
  expect(await look('a.good')).toEqual({ text: 'what it holds', more: false });
  expect(await look('a.endless')).toMatchObject({ text: 'x' });
  expect(await look('a.throw')).toMatchObject({ code: 'TOW_DATA_READER_FAILED' });
  expect(await readers()).toEqual([]);
  expect(await readdir(tmpdir())).toEqual([]);
});

test('a reader ends when whoever asked for it is gone without a word', async () => {
  const dir = await folderWith({ 'a.endless': 'x' });
  const call = {
    isolation: { module: troubles, memory: 160, time: 120_000 },
    file: { path: 'a.endless', copy: join(dir, 'a.endless') },
    context: { settings: { encoding: 'auto', text: 'text' }, maxBytes: 1000, scratch: dir },
  };
  const program = `
    import { readIsolated } from ${JSON.stringify(compiledModule(new URL('read-isolated.ts', import.meta.url).href))};
    const { isolation, file, context } = ${JSON.stringify(call)};
    const sink = { document() {}, reject() {} };
    const copy = async () => file.copy;
    await readIsolated(isolation, { path: file.path, copy }, context, sink, new AbortController().signal);`;
  const asking = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
  await expect.poll(readers, { timeout: 20_000 }).toHaveLength(1);
  asking.kill('SIGKILL');
  await expect.poll(readers, { timeout: 20_000 }).toEqual([]);
});
