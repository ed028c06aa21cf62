import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestBytes } from '../../../core/digest.ts';
import { TowpathError } from '../../../core/errors/towpath-error.ts';
import { say } from '../../../core/messages/message.ts';
import { readOwnFile } from '../../../core/own-file.ts';
import { builtInHub } from '../../../project/trust/origin.ts';
import type { Trust } from '../../../project/trust/trust.ts';
import { headerOf, hubRequest, reasonOf, refusal, Transient, type HubRequestOptions } from './hub-request.ts';
import { hubRetries, retrying, type RetryPolicy } from './retry.ts';
import type { FetchOptions, ModelSource } from './source.ts';
import { mismatch, VerifiedFile } from './verified-file.ts';

export interface HubPlace {
  readonly repository: string;
  /** A whole commit: what a branch names moves. */
  readonly revision: string;
  readonly file: string;
  /** @default https://huggingface.co */
  readonly endpoint?: string;
}

export interface HubDeps {
  /** What the user trusts the project with: no other host is asked. */
  readonly trust: Trust;
  /** Looks the token up when it is needed; it goes to the host of `to`, the endpoint's, only. */
  readonly token?: (to: URL) => Promise<string>;
  readonly retries?: RetryPolicy;
  /** Milliseconds without an answer or without a byte. @default 30 s */
  readonly timeout?: number;
}

/** What the hub says of a file before it is downloaded. */
interface FileFacts {
  readonly etag: string | undefined;
  readonly size: number | undefined;
}

/** A file on the Hugging Face Hub or a mirror that speaks its protocol: `GET /{repo}/resolve/{revision}/{file}`. */
export function hubSource(place: HubPlace, deps: HubDeps): ModelSource {
  const endpoint = place.endpoint ?? builtInHub;
  const origin = `hf:${place.repository}@${place.revision}/${place.file}`;
  const path = [...place.repository.split('/'), 'resolve', place.revision, ...place.file.split('/')];
  const url = new URL(`${endpoint.replace(/(?<!\/)\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`);
  return {
    origin,
    async fetch(target, options) {
      const { trust } = deps;
      const host = { kind: 'host', value: url.origin } as const;
      trust.require(host, say('untrusted.host', { host: url.origin }));
      const token = await deps.token?.(url);
      const { signal, log, sha256, keepDir } = options;
      const call = {
        headers: {},
        trust,
        timeout: deps.timeout ?? 30_000,
        signal,
        ...(token !== undefined && { token }),
      };
      const policy = deps.retries ?? hubRetries;
      const again = { policy, signal, log };
      const facts = await retrying(() => inspect(url, origin, place.revision, call), {
        ...again,
        fruits: () => 0,
      });
      // Large files carry their SHA-256 as etag: what cannot match need not be downloaded.
      if (facts.etag !== undefined && /^[0-9a-f]{64}$/.test(facts.etag) && facts.etag !== sha256) {
        throw mismatch(origin, sha256, facts.etag, facts.size);
      }
      const part = join(keepDir, `${sha256}.${digestBytes(url.href).slice(0, 8)}.part`);
      await forgetOther(part, facts.etag);
      const file = await VerifiedFile.open(part, signal);
      try {
        if (file.bytes > 0) log(`continuing ${origin} at byte ${String(file.bytes)}`);
        const work = () => download(url, origin, file, facts, call, options);
        await retrying(work, { ...again, fruits: () => file.bytes });
        await file.finish(target, sha256, origin);
      } catch (thrown) {
        await file.close().catch(() => undefined);
        throw thrown;
      }
      await rm(`${part}.etag`, { force: true });
    },
  };
}

type Call = Omit<HubRequestOptions, 'method'>;

async function inspect(url: URL, origin: string, revision: string, call: Call): Promise<FileFacts> {
  const { response } = await hubRequest(url, { ...call, method: 'HEAD' }, 'stop');
  if (response.statusCode >= 400) throw await refusal(response, origin);
  await response.body.dump();
  const commit = headerOf(response, 'x-repo-commit');
  if (commit !== undefined && commit !== revision) {
    throw new TowpathError('TOW_TRAIN_SOURCE_NOT_FOUND', say('train.other-commit', { origin, commit }));
  }
  const linked = headerOf(response, 'x-linked-size');
  const size = linked ?? (response.statusCode < 300 ? headerOf(response, 'content-length') : undefined);
  return {
    etag: bareEtag(headerOf(response, 'x-linked-etag') ?? headerOf(response, 'etag')),
    size: size === undefined ? undefined : Number(size),
  };
}

async function download(
  url: URL,
  origin: string,
  file: VerifiedFile,
  facts: FileFacts,
  call: Call,
  { signal, progress, log }: FetchOptions,
): Promise<void> {
  if (facts.size !== undefined && file.bytes > facts.size) await file.restart();
  if (facts.size !== undefined && file.bytes === facts.size) return;
  const from = file.bytes;
  const headers = from > 0 ? { range: `bytes=${String(from)}-` } : {};
  const { response } = await hubRequest(url, { ...call, method: 'GET', headers });
  if (response.statusCode === 416) {
    await response.body.dump();
    await file.restart();
    throw new Transient(say('train.hub-continue', { origin, byte: from }));
  }
  if (response.statusCode !== 200 && response.statusCode !== 206) throw await refusal(response, origin);
  if (from > 0 && !continues(response.statusCode, headerOf(response, 'content-range'), from)) {
    log(`${origin}: the hub does not continue downloads; starting over`);
    await file.restart();
  }
  try {
    for await (const chunk of response.body) {
      await file.append(chunk as Buffer);
      if (facts.size !== undefined && file.bytes > facts.size) break;
      progress({
        done: file.bytes,
        ...(facts.size !== undefined && { total: facts.size }),
        unit: 'bytes',
        note: origin,
      });
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new Transient(say('train.hub-broke', { origin, bytes: file.bytes, why: reasonOf(cause) }), {
      cause,
    });
  }
  if (facts.size !== undefined && file.bytes < facts.size) {
    throw new Transient(say('train.hub-short', { origin, sent: file.bytes, all: facts.size }));
  }
}

function continues(status: number, contentRange: string | undefined, from: number): boolean {
  return status === 206 && Number(/^bytes (\d+)-/.exec(contentRange ?? '')?.[1] ?? from) === from;
}

/** A part of what has changed on the hub since is worth nothing. */
async function forgetOther(part: string, etag: string | undefined): Promise<void> {
  const before = await readOwnFile(`${part}.etag`).catch(() => undefined);
  if (before !== undefined && before === etag) return;
  await rm(part, { force: true });
  await rm(`${part}.etag`, { force: true });
  if (etag !== undefined)
    await VerifiedFile.open(part, new AbortController().signal).then((file) => file.close());
  if (etag !== undefined) await writeFile(`${part}.etag`, etag);
}

function bareEtag(etag: string | undefined): string | undefined {
  return etag?.replace(/^W\//, '').replaceAll('"', '');
}
