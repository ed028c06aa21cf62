import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Digest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { render, say, type Message, type Text } from '../core/messages/message.ts';
import { livenessOf, type ProcessIdentity } from '../core/process-identity.ts';
import { progressRecord } from '../contract/progress.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Records } from '../store/records/open.ts';
import type { Claim, StepResult } from '../store/records/result-records.ts';
import type { StepCache } from './cache.ts';
import { compiledModule } from './code/compiled.ts';
import { CurveWriter } from './curves.ts';
import type { FlowEvent } from './events.ts';
import { elsewhereName } from './elsewhere.ts';
import type { EngineLocks } from './engine-lock.ts';
import type { Exchange, Executor, StepTask, TaskOutcome } from './executor/executor.ts';
import type { Journal } from './journal.ts';
import { paramLeaves, resultInputs, type KeyParts } from './key.ts';
import { leftPath, logPath, StepLog } from './log/step-log.ts';
import { killedFromOutside, outcomeError, placeError } from './outcome-error.ts';

export interface StepDeps {
  readonly records: Records;
  readonly artifacts: ArtifactStore;
  readonly executor: Executor;
  readonly cache: StepCache;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly engine: ProcessIdentity;
  readonly engines: EngineLocks;
  readonly logsDir: string;
  emit(event: FlowEvent): void;
}

export interface StepJob {
  readonly run: string;
  readonly parts: KeyParts;
  readonly key: Digest;
  readonly reason: Message;
  readonly cores: number;
  readonly fromScratch: boolean;
}

const hour = 3_600_000;
/** Waiting for another run's step goes on for this much longer than the step itself may take. */
const claimSlack = 60_000;
/** A try that something outside killed is repeated once; a second kill is no accident. */
const maxAttempts = 2;

/**
 * Computes one step: takes the right to its key, runs it, adopts what it wrote and commits the result. When another
 * run is computing the same key, waits for it and uses its result (`shared`).
 */
export async function runStep(
  job: StepJob,
  deps: StepDeps,
  signal: AbortSignal,
): Promise<{ result: StepResult; shared: boolean }> {
  const shared = await claimKey(job, deps, signal);
  if (shared) return { result: shared, shared: true };
  const { run, parts, key } = job;
  const log = new StepLog(logPath(deps.logsDir, run, parts.node.name), deps.clock);
  try {
    return { result: await attempt(job, deps, log, signal), shared: false };
  } catch (error) {
    if (!(error instanceof TowpathError) || error.data?.['log'] !== undefined) throw error;
    throw placeError(error, { run, step: parts.node.name, key, log: log.path, tail: log.tail() });
  } finally {
    log.close();
    await deps.records.results.release(key, run).catch(() => undefined);
  }
}

async function claimKey(job: StepJob, deps: StepDeps, signal: AbortSignal): Promise<StepResult | undefined> {
  const { key, run, parts } = job;
  const { kind, name } = parts.node;
  const { records, clock } = deps;
  const until = clock.monotonic() + (kind.timeout ?? hour) * maxAttempts + claimSlack;
  let told = false;
  let elsewhere: Text | undefined;
  for (;;) {
    const mine: Claim = { key, run, engine: deps.engine, at: clock.now() };
    let held = await records.results.claim(mine);
    if (held.run !== run && (await isAbandoned(held, deps)) && (await records.results.takeOver(held, mine)))
      held = mine;
    if (held.run === run) {
      // Between looking it up and taking the key, its owner may have finished it.
      const found = job.fromScratch && !told ? undefined : await deps.cache.find(key);
      if (!found || !('result' in found)) return undefined;
      // Kept, it would have others wait for this run, and this run for one of them.
      await records.results.release(key, run);
      return found.result;
    }
    if (!told) {
      if (livenessOf(held.engine, held.at) === 'unknown') elsewhere = await hostOf(held, records);
      const waiting = { type: 'step-waiting', run, step: name, on: held.run } as const;
      deps.emit({ ...waiting, ...(elsewhere !== undefined && { elsewhere: render(elsewhere, 'en') }) });
    }
    told = true;
    if (clock.monotonic() > until) {
      throw new TowpathError('TOW_FLOW_STEP_BUSY', say('flow.step-busy', { step: name, run: held.run }), {
        where: say('where.step', { step: name }),
        hint:
          elsewhere === undefined
            ? say('flow.cancel-other', { run: held.run })
            : say('flow.cancel-gone', { run: held.run, host: elsewhere }),
      });
    }
    await sleep(200, undefined, { signal }).catch(() => {
      throw new TowpathError('TOW_FLOW_CANCELLED', say('flow.step-cancelled', { step: name }));
    });
  }
}

async function isAbandoned({ engine, at, run }: Claim, { engines, records }: StepDeps): Promise<boolean> {
  return engines.livenessOf(engine, at) === 'dead' || (await records.runs.get(run))?.status !== 'running';
}

async function hostOf({ run }: Claim, records: Records): Promise<Text> {
  return elsewhereName((await records.runs.get(run))?.labels ?? {});
}

async function attempt(job: StepJob, deps: StepDeps, log: StepLog, signal: AbortSignal): Promise<StepResult> {
  const { run, parts, key, reason: reasonText } = job;
  const { name } = parts.node;
  const reason = render(reasonText, 'en');
  const task = taskOf(job);
  const exchange: Exchange = {
    open: (digest, wanted) => deps.artifacts.open(digest, { signal: wanted }),
    adopt: (output, path, wanted) => deps.artifacts.adopt(path, output, { signal: wanted }),
    leave: (name, path) => keepLeft(name, path, log),
  };
  const startedAt = deps.clock.now();
  const began = deps.clock.monotonic();
  for (let attempts = 1; ; attempts += 1) {
    const curves = new CurveWriter(deps.records.curves, run, name);
    try {
      const outcome = await deps.executor.run(
        task,
        exchange,
        {
          async started(process) {
            const change = {
              status: 'running',
              key,
              reason,
              reasonText,
              startedAt,
              attempts,
              process: process ?? null,
            } as const;
            await deps.journal.now(name, change);
            deps.emit({ type: 'step-started', run, step: name, attempt: attempts, reason, reasonText });
          },
          progress: (progress) =>
            deps.emit({ type: 'step-progress', run, step: name, progress: progressRecord(progress) }),
          metric: (point) => curves.add(point),
          line(source, line) {
            log.write(source, line);
            deps.emit({ type: 'step-log', run, step: name, source, line });
          },
        },
        signal,
      );
      if (killedFromOutside(outcome) && attempts < maxAttempts && !signal.aborted) {
        log.write('flow', `the process was killed from outside (${describe(outcome)}): trying once more`);
        continue;
      }
      const error = outcomeError(
        outcome,
        task,
        { run, step: name, key, log: log.path, tail: log.tail() },
        log.tail(100),
      );
      if (error || outcome.type !== 'done') {
        log.write('flow', error?.message ?? outcome.type);
        throw error ?? new Error(outcome.type);
      }
      const { facts } = outcome;
      const artifacts = Object.values(outcome.outputs);
      const outputs = Object.fromEntries(
        Object.entries(outcome.outputs).map(([output, { digest }]) => [output, digest]),
      );
      const finishedAt = deps.clock.now();
      const result: StepResult = {
        ...{
          key,
          step: name,
          kind: parts.node.kind.name,
          code: parts.code,
          params: paramLeaves(parts.node.params),
        },
        ...{ facts, outputs, run, createdAt: finishedAt, duration: deps.clock.monotonic() - began },
      };
      const change = { status: 'done', finishedAt, facts, outputs, process: null } as const;
      await deps.journal.commit({
        result,
        inputs: resultInputs(parts),
        artifacts,
        change,
      });
      return result;
    } finally {
      await curves.end();
    }
  }
}

function taskOf({ parts: { node, code, inputs }, key, cores }: StepJob): StepTask {
  const { kind, name, params } = node;
  return {
    ...{ step: name, kind: kind.name, code, params, inputs, cores },
    ...{
      module: compiledModule(kind.module),
      exportName: kind.exportName ?? 'step',
      fresh: kind.fresh ?? false,
    },
    outputs: kind.outputs,
    ...(kind.leaves !== undefined && { leaves: kind.leaves }),
    seed: Number.parseInt(key.slice(0, 8), 16),
    memory: kind.memory ?? 2048,
    timeout: kind.timeout ?? hour,
    ...(kind.grace !== undefined && { grace: kind.grace }),
  };
}

/** A step that fails before it has anything to leave, and a full disk, lose nothing else. */
async function keepLeft(name: string, from: string, { path }: StepLog): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch(() => undefined);
  await rename(from, leftPath(path, name)).catch(() => undefined);
}

function describe(outcome: TaskOutcome): string {
  return outcome.type === 'exited' ? (outcome.signal ?? String(outcome.code)) : outcome.type;
}
