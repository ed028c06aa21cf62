import { appendFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TowpathEvent } from '../../src/app/events.ts';
import type * as Init from '../../src/app/init/init.ts';
import type * as Open from '../../src/app/open.ts';
import type { Towpath } from '../../src/app/towpath.ts';
import type { FormatTable } from '../../src/data/formats/format-table.ts';
import { formats as everyFormat } from '../../src/data/formats/table.ts';
import { describeFormat } from '../../src/data/formats/testing/contract.ts';
import type { FormatSample } from '../../src/data/formats/testing/sample.ts';
import type { IngestParams } from '../../src/data/ingest/params.ts';
import { CodeVersions } from '../../src/flow/code/code-version.ts';
import type { StepKind } from '../../src/flow/step.ts';
import { put } from '../product/client.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'subtitles');

/** The program as it is installed: a format from outside is loaded by the processes of its steps, too. */
async function built<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(root, path)).href)) as T;
}

const shown = [
  'The lock at Marlow Bend was built in 1794.',
  '<i>Its keeper is Ada Thornbury.</i>',
  'A crossing with the ferry costs 3 crowns.',
];
const film = shown
  .map((words, at) => `${String(at + 1)}\n00:00:0${String(at)},000 --> 00:00:0${String(at)},900\n${words}\n`)
  .join('\n');
const said = shown.map((words) => words.replaceAll(/<[^<>]*>/g, '')).join('\n\n');

const { formats, step } = await built<{
  readonly formats: FormatTable;
  readonly step: StepKind<IngestParams>;
}>('test/formats/subtitles/intake.mjs');
const subtitles = formats.of('a.srt');
if (subtitles === undefined) throw new Error('it is not in the table');

const sample: FormatSample = {
  bytes: () => Buffer.from(film),
  documents: [{ title: 'sample', text: said }],
  // In the times of the last.
  cut: film.lastIndexOf('-->'),
};
const samples = new Map([[subtitles.name, sample]]);
for (const { name } of everyFormat.rows) {
  const module = `src/data/formats/${name}/testing/sample.ts`;
  samples.set(name, (await built<{ readonly sample: FormatSample }>(module)).sample);
}
describeFormat(formats, subtitles, samples);

describe('a format that is not among those of Towpath', { timeout: 120_000 }, () => {
  let dir: string;
  let towpath: Towpath;
  const stop = new AbortController();
  const events: TowpathEvent[] = [];
  const observer = (event: TowpathEvent) => void events.push(event);

  beforeAll(async () => {
    await built('dist/cli/speaking.js');
    dir = await mkdtemp(join(tmpdir(), 'towpath-subtitles-'));
    await mkdir(join(dir, 'films'));
    await writeFile(join(dir, 'films/marlow.srt'), film);
    await writeFile(join(dir, 'films/broken.srt'), 'no times at all\n');
    const { initProject } = await built<typeof Init>('dist/app/init/init.js');
    const record = await initProject({ dir, formats });
    expect(record.sources).toMatchObject([{ files: ['films/**/*.srt'] }]);
    expect(await readFile(record.file, 'utf8')).toContain('SubRip');
    const { openTowpath } = await built<typeof Open>('dist/app/open.js');
    const intake = { formats, step: () => Promise.resolve(step) };
    towpath = await openTowpath({ dir, file: record.file }, process.env, undefined, intake);
  }, 60_000);
  afterAll(async () => {
    stop.abort();
    await towpath.close();
    await rm(dir, { recursive: true });
  });

  it('is found by init, ingested by a run, and cited by an answer', async () => {
    const { release, plan } = await towpath.runDetail(
      (await towpath.run({ observer, signal: stop.signal })).id,
    );
    expect(release).toBe('r1');
    expect(plan.find(({ name }) => name === 'ingest')).toMatchObject({ facts: { documents: 1 } });
    const served = towpath.serve({ port: 0, observer, signal: stop.signal });
    const serving = () => events.find((event) => event.event === 'serving');
    await expect.poll(serving, { timeout: 60_000 }).toBeDefined();
    const { body } = await put(serving()?.url ?? '', 'How much does a crossing with the ferry cost?');
    const text = expect.stringContaining('costs 3 crowns') as string;
    expect(body).toMatchObject({ declined: false, citations: [{ source: 'films/marlow.srt', text }] });
    stop.abort();
    await served;
  });

  it('has its code in the key of the step that reads it', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'towpath-subtitles-code-'));
    const version = async () =>
      await new CodeVersions().of(pathToFileURL(join(copy, 'test/formats/subtitles/intake.mjs')).href);
    await cp(folder, join(copy, 'test/formats/subtitles'), { recursive: true });
    await cp(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    const before = await version();
    expect(await version()).toBe(before);
    await appendFile(join(copy, 'test/formats/subtitles/read.mjs'), '\n//x');
    expect(await version()).not.toBe(before);
    await rm(copy, { recursive: true });
  });
});
