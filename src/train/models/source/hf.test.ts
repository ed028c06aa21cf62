import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from '../../../core/digest.ts';
import { Trust } from '../../../project/trust/trust.ts';
import { commit, startHub, type TestHub } from '../../testing/hub.ts';
import { hubSource, type HubDeps } from './hf.ts';

const content = Buffer.alloc(300_000, 'towpath weights');
const sha256 = digestBytes(content);
const quick = { fruitless: 3, most: 20, delay: 1, longest: 5 };

describe('the hub as a model source', () => {
  let hub: TestHub;
  let folder: string;
  let lines: string[];
  beforeEach(async () => {
    hub = await startHub({ files: { 'x.gguf': content } });
    folder = await mkdtemp(join(tmpdir(), 'towpath-hub-'));
    lines = [];
  });
  afterEach(async () => {
    await hub.close();
    await rm(folder, { recursive: true });
  });
  const fetch = async (
    deps: Partial<HubDeps> = {},
    repository = 'owner/repo',
    signal = new AbortController().signal,
  ) => {
    const source = hubSource(
      { repository, revision: commit, file: 'x.gguf', endpoint: hub.endpoint },
      { trust: await Trust.of(folder), retries: quick, ...deps },
    );
    const options = {
      keepDir: folder,
      sha256,
      signal,
      progress: () => undefined,
      log: (line: string) => lines.push(line),
    };
    await source.fetch(join(folder, 'out'), options);
    return digestBytes(await readFile(join(folder, 'out')));
  };
  const ranges = () => hub.requests.flatMap((line) => /^storage.*(bytes=\d+-)/.exec(line)?.[1] ?? []);

  it('follows a renamed repository and the redirect to storage', async () => {
    expect(await fetch({}, 'old/name')).toBe(sha256);
  });

  it('continues with Range where the connection broke, as often as it moves on', async () => {
    hub.behaviour.cutAfter = 50_000;
    expect(await fetch()).toBe(sha256);
    expect(ranges()).toEqual([
      'bytes=50000-',
      'bytes=100000-',
      'bytes=150000-',
      'bytes=200000-',
      'bytes=250000-',
    ]);
    expect(lines.join('\n')).toContain('the connection broke after 50000 bytes');
  });

  it('continues in a later attempt what an earlier one left', async () => {
    hub.behaviour.cutAfter = 100_000;
    await expect(fetch({ retries: { ...quick, most: 1 } })).rejects.toMatchObject({
      code: 'TOW_TRAIN_SOURCE_UNREACHABLE',
    });
    delete hub.behaviour.cutAfter;
    expect(await fetch()).toBe(sha256);
    // What had come in and was not yet read when the connection broke is fetched again.
    const [from = 0] = ranges().map((range) => Number(/^bytes=(\d+)-$/.exec(range)?.[1]));
    expect(ranges()).toHaveLength(1);
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(100_000);
    expect(await readdir(folder)).toEqual(['out']);
  });

  it('starts over when the hub does not continue', async () => {
    hub.behaviour.cutAfter = 100_000;
    await expect(fetch({ retries: { ...quick, most: 1 } })).rejects.toThrow();
    delete hub.behaviour.cutAfter;
    hub.behaviour.ignoresRange = true;
    expect(await fetch()).toBe(sha256);
    expect(lines.join('\n')).toContain('starting over');
  });

  it('downloads nothing when the etag already tells that it is another file', async () => {
    hub.behaviour.files = { 'x.gguf': Buffer.from('another') };
    await expect(fetch()).rejects.toMatchObject({ code: 'TOW_TRAIN_WEIGHTS_MISMATCH' });
    expect(hub.requests.some((line) => line.startsWith('storage'))).toBe(false);
  });

  it('refuses wrong bytes under a right etag, and forgets them', async () => {
    hub.behaviour.sends = Buffer.alloc(content.length, 'evil');
    await expect(fetch()).rejects.toMatchObject({ code: 'TOW_TRAIN_WEIGHTS_MISMATCH' });
    delete hub.behaviour.sends;
    expect(await fetch()).toBe(sha256);
    expect(ranges()).toEqual([]);
  });

  it('refuses more bytes than announced without reading on', async () => {
    hub.behaviour.sends = Buffer.concat([content, Buffer.alloc(2_000_000)]);
    await expect(fetch()).rejects.toMatchObject({ code: 'TOW_TRAIN_WEIGHTS_MISMATCH' });
  });

  it('refuses another commit than the pinned one', async () => {
    hub.behaviour.commit = 'f'.repeat(40);
    await expect(fetch()).rejects.toMatchObject({ code: 'TOW_TRAIN_SOURCE_NOT_FOUND' });
  });

  it('sends the token to the hub and never to its storage', async () => {
    hub.behaviour.token = 'hf_secret';
    expect(await fetch({ token: () => Promise.resolve('hf_secret') })).toBe(sha256);
    for (const line of hub.requests) expect(line.includes('hf_secret')).toBe(line.startsWith('hub'));
    expect(lines.join('\n')).not.toContain('hf_secret');
  });

  it('says that a token is needed or wrong, with what the hub said, without trying again', async () => {
    hub.behaviour.token = 'hf_secret';
    await expect(fetch()).rejects.toMatchObject({
      code: 'TOW_TRAIN_SOURCE_DENIED',
      message: expect.stringContaining('401 (Access to this model is restricted)') as string,
    });
    expect(hub.requests).toHaveLength(1);
  });

  it('says what the hub does not have, without trying again', async () => {
    hub.behaviour.files = {};
    await expect(fetch()).rejects.toMatchObject({ code: 'TOW_TRAIN_SOURCE_NOT_FOUND' });
    expect(hub.requests).toHaveLength(1);
  });

  it('waits and tries again on 429 and 503', async () => {
    hub.behaviour.fails = { status: 429, times: 2, headers: { 'retry-after': '0' } };
    expect(await fetch()).toBe(sha256);
  });

  it('gives up on a hub that only fails, after the tries allowed', async () => {
    hub.behaviour.fails = { status: 503, times: 100 };
    await expect(fetch()).rejects.toMatchObject({
      code: 'TOW_TRAIN_SOURCE_UNREACHABLE',
      kind: 'environment',
      message: expect.stringContaining('tried 3 times') as string,
    });
  });

  it('says that there is no network when nothing listens', async () => {
    await hub.close();
    await expect(fetch()).rejects.toMatchObject({
      code: 'TOW_TRAIN_SOURCE_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
    hub = await startHub({ files: {} });
  });

  it('stops in mid-download when aborted, and keeps the part', async () => {
    hub.behaviour.cutAfter = 50_000;
    const controller = new AbortController();
    const run = fetch(
      { retries: { fruitless: 9, most: 99, delay: 50_000, longest: 50_000 } },
      'owner/repo',
      controller.signal,
    );
    const failed = expect(run).rejects.toThrow();
    while (!lines.some((line) => line.includes('broke'))) await new Promise(setImmediate);
    controller.abort();
    await failed;
    expect((await readdir(folder)).some((name) => name.endsWith('.part'))).toBe(true);
  });
});
