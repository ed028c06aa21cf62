import { expect, test } from 'vitest';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { verbatim } from '../core/messages/message.ts';
import type { TowpathEvent } from './events.ts';
import type { ProjectRun } from './run-project.ts';
import type { LoadedProject } from './stages.ts';
import type { HeldBack } from './service/held-back.ts';
import { runAndServe } from './up.ts';

const project = {
  dir: '/nowhere',
  file: '/nowhere/towpath.yaml',
  values: { sources: [], evaluate: { suites: [] }, qa: {} },
} as unknown as LoadedProject;

/** Runs `up` until it follows the records, or with `watch` until it is stopped; `live` is the release that they name, before the first run and after it. */
async function up(
  run: (stop: AbortController) => Promise<ProjectRun>,
  live: string | undefined | ((ran: boolean) => string | Error),
  { held, watch = false }: { readonly held?: HeldBack; readonly watch?: boolean } = {},
): Promise<TowpathEvent[]> {
  const stop = new AbortController();
  const events: TowpathEvent[] = [];
  let shown: string | undefined;
  let ran = false;
  let follows = false;
  const service = {
    get release() {
      return shown;
    },
    show: (release: string) => {
      shown = release;
      return Promise.resolve();
    },
  };
  await runAndServe(
    {
      service,
      load: () => Promise.resolve(project),
      env: {},
      run: () => run(stop).finally(() => (ran = true)),
      live: () => {
        if (follows && !watch) stop.abort();
        const found = typeof live === 'function' ? live(ran) : live;
        return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
      },
      heldBack: () => {
        // What is held back is told of just before the records are followed.
        follows = true;
        return Promise.resolve(held);
      },
      observer: (event) => events.push(event),
      signal: stop.signal,
    },
    { watch },
  );
  return events;
}

const noFiles = new TowpathError('TOW_DATA_NO_FILES', verbatim('source "docs" matches no file'));

test('a first run that cannot start is told, and what is live serves on', async () => {
  const events = await up(() => Promise.reject(noFiles), 'r1');
  expect(events).toEqual([{ event: 'trouble', error: noFiles.toRecord() }]);
});

test('a first run that failed is told too: its own events say that it failed, this one why', async () => {
  const failed = { run: 'run-1', outcome: 'failed', error: noFiles } as const;
  expect(await up(() => Promise.resolve(failed), 'r1')).toEqual([
    { event: 'trouble', error: noFiles.toRecord() },
  ]);
});

test('a newer release that someone rolled back is told of', async () => {
  const done = { run: 'run-2', outcome: 'done', release: 'r2' } as const;
  const held = { release: 'r1', newest: 'r2', by: 'ada', at: '2026-05-04T10:00:00.000Z' };
  expect(await up(() => Promise.resolve(done), 'r1', { held })).toEqual([{ ...held, event: 'held-back' }]);
});

test('records that break while something is served end nothing', async () => {
  const broken = new TowpathError('TOW_STORE_LEDGER_BROKEN', verbatim('the ledger is broken'));
  const done = { run: 'run-2', outcome: 'done', release: 'r2' } as const;
  const events = await up(
    () => Promise.resolve(done),
    (ran) => (ran ? broken : 'r1'),
  );
  expect(events[0]).toEqual({ event: 'trouble', error: broken.toRecord() });
});

test('records that cannot be relied on show nothing, and end it', async () => {
  const broken = new TowpathError('TOW_STORE_LEDGER_BROKEN', verbatim('the ledger is broken'));
  await expect(
    up(
      () => Promise.reject(broken),
      () => broken,
    ),
  ).rejects.toBe(broken);
});

test('when nothing is live, the error of the first run ends it', async () => {
  await expect(up(() => Promise.reject(noFiles), undefined)).rejects.toBe(noFiles);
});

test('a run that found no space is tried again with no change to the project, and that is told', async () => {
  const full = new TowpathError('TOW_STORE_DISK_FULL', verbatim('the disk is full'));
  let runs = 0;
  const run = (stop: AbortController): Promise<ProjectRun> => {
    runs += 1;
    if (runs === 1) return Promise.reject(full);
    stop.abort();
    return Promise.resolve({ run: 'run-2', outcome: 'done', release: 'r1' });
  };
  const events = await up(run, 'r1', { watch: true });
  expect(events).toEqual([
    { event: 'trouble', error: full.toRecord(), retryIn: 2000 },
    { event: 'watching', files: 2 },
  ]);
  expect(runs).toBe(2);
}, 20_000);
