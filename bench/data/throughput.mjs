/* global AbortController */
/**
 * Megabytes a second of data.ingest and data.prepare, beside a plain read and decode of the same bytes.
 *
 *   npm run build && node bench/data/throughput.mjs TEXT_FILE [megabytes=64] [cores=2]
 *
 * TEXT_FILE is any text or JSON file; its paragraphs are taken as they stand and repeated, each time with another
 * number, into a temporary folder, which is deleted afterwards.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { TextDecoder } from 'node:util';
import { listSources } from '../../dist/data/ingest/list-sources.js';
import { step as ingest } from '../../dist/data/ingest/step.js';
import { step as prepare } from '../../dist/data/prepare/step.js';

const [file, megabytes = '64', cores = '2'] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node bench/data/throughput.mjs TEXT_FILE [megabytes] [cores]');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'towpath-throughput-'));
try {
  const paragraphs = paragraphsOf(readFileSync(file, 'utf8'));
  const rows = [];
  for (const kind of ['md', 'jsonl', 'csv']) rows.push(await measure(kind, paragraphs));
  console.table(rows);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function measure(kind, paragraphs) {
  const projectDir = join(work, kind);
  const { paths, bytes, count } = writeCorpus(projectDir, kind, paragraphs);
  const source = { name: 'bench', files: [`**/*.${kind}`], exclude: [], encoding: 'auto', text: 'text' };
  const limit = time(() => {
    for (const path of paths) {
      const content = readFileSync(path);
      createHash('sha256').update(content).digest();
      new TextDecoder('utf-8', { fatal: true }).decode(content);
    }
  });
  const params = await listSources(projectDir, [source], { maxFileSize: 2 ** 26 });
  const documents = join(work, `${kind}-documents`);
  const dataset = join(work, `${kind}-dataset`);
  const ingestSeconds = await timeAsync(() => ingest.run(context(params, { documents }, {}, projectDir)));
  const settings = {
    minCharacters: 20,
    languages: ['en', 'zh'],
    mask: ['card', 'email', 'id', 'ip', 'phone'],
    keep: [],
    deduplicate: 'exact',
    split: { train: 0.9, validation: 0.05, test: 0.05 },
  };
  const prepareSeconds = await timeAsync(() =>
    prepare.run(context(settings, { dataset }, { documents }, projectDir)),
  );
  const rate = (seconds) => Number((bytes / 1e6 / seconds).toFixed(1));
  return {
    format: kind,
    MB: Number((bytes / 1e6).toFixed(0)),
    documents: count,
    'read+hash+decode MB/s': rate(limit),
    'ingest MB/s': rate(ingestSeconds),
    'prepare MB/s': rate(prepareSeconds),
    'both MB/s': rate(ingestSeconds + prepareSeconds),
    'peak RSS MB': Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function writeCorpus(dir, kind, paragraphs) {
  mkdirSync(dir, { recursive: true });
  const wanted = Number(megabytes) * 1e6;
  const perFile = kind === 'md' ? 5 : 5000;
  const paths = [];
  let bytes = 0;
  let count = 0;
  for (let part = 0; bytes < wanted; part += 1) {
    const texts = Array.from(
      { length: perFile },
      (_, n) => `${paragraphs[(part * perFile + n) % paragraphs.length]} (${part}.${n})`,
    );
    const content = contentOf(kind, texts);
    paths.push(join(dir, `part-${String(part).padStart(6, '0')}.${kind}`));
    writeFileSync(paths.at(-1), content);
    bytes += Buffer.byteLength(content);
    count += kind === 'md' ? 1 : texts.length;
  }
  return { paths, bytes, count };
}

function contentOf(kind, texts) {
  if (kind === 'md') return `# Part\n\n${texts.join('\n\n')}\n`;
  if (kind === 'jsonl') return texts.map((text) => `${JSON.stringify({ text })}\n`).join('');
  return `id,text\n${texts.map((text, n) => `${n},"${text.replaceAll('"', '""')}"\n`).join('')}`;
}

function paragraphsOf(text) {
  const long = [];
  const visit = (value) => {
    if (typeof value === 'string' && value.length >= 200) long.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  if (/^\s*[[{]/.test(text)) visit(JSON.parse(text));
  else visit(text.split(/\n\s*\n/));
  return long.length > 0 ? long : [text];
}

function context(params, outputs, inputs, projectDir) {
  return {
    params,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, path]) => [name, { digest: '', path }])),
    outputs,
    scratch: mkdtempSync(join(work, 'scratch-')),
    projectDir,
    keepDir: work,
    random: () => 0,
    cores: Number(cores),
    signal: new AbortController().signal,
    progress() {},
    log() {},
  };
}

function time(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

async function timeAsync(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
