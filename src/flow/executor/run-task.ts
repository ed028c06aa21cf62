import type { Json } from '../../core/canonical-json.ts';
import { messageOf, TowpathError, type ErrorRecord } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { Progress } from '../../contract/progress.ts';
import { seededRandom } from '../../core/random.ts';
import { asEnvironmentError } from '../../core/environment-error.ts';
import type { StepContext, StepKind } from '../step.ts';
import { endMark, logMark, type FromStep } from './messages.ts';
import type { PlacedTask } from './placed-task.ts';

/** Progress messages go out at most this often; the last one always does. */
const progressEvery = 100;

/** Runs one task inside a step process and says how it went; its output on both streams ends with the token's mark. */
export async function runTask(
  task: PlacedTask,
  token: string,
  signal: AbortSignal,
  send: (message: FromStep) => void,
): Promise<FromStep> {
  const before = surroundings();
  process.chdir(task.scratch);
  const progress = throttledProgress((latest) => send({ type: 'progress', progress: latest }));
  let outcome: FromStep;
  try {
    const kind = await loadKind(task);
    const context: StepContext<unknown> = {
      params: task.params,
      inputs: task.inputs,
      outputs: task.outputs,
      scratch: task.scratch,
      projectDir: task.projectDir,
      keepDir: task.keepDir,
      random: seededRandom(task.seed),
      cores: task.cores,
      signal,
      progress: progress.report,
      metric: (point) => send({ type: 'metric', point }),
      log: (line) => {
        for (const part of line.split(/\r\n|\n|\r/)) process.stdout.write(`${logMark}${part}\n`);
      },
    };
    const facts = (await kind.run(context)) ?? {};
    process.chdir('/');
    outcome = { type: 'done', facts: plainFacts(facts, task), reusable: await isClean(before, task) };
  } catch (error) {
    outcome = { type: 'failed', error: failure(error, task) };
  }
  progress.end();
  process.stdout.write(`${endMark(token)}\n`);
  process.stderr.write(`${endMark(token)}\n`);
  return outcome;
}

async function loadKind(task: PlacedTask): Promise<StepKind> {
  const module = (await import(task.module)) as Record<string, unknown>;
  const kind = module[task.exportName] as StepKind | undefined;
  if (typeof kind?.run === 'function' && kind.name === task.kind) return kind;
  throw new TowpathError(
    'TOW_FLOW_PLAN_INVALID',
    say('flow.no-export', { module: task.module, kind: task.kind, name: task.exportName }),
  );
}

function plainFacts(facts: Readonly<Record<string, Json>>, task: PlacedTask): Readonly<Record<string, Json>> {
  const text = JSON.stringify(facts);
  if (text.length <= 65_536) return facts;
  throw new TowpathError('TOW_FLOW_STEP_FAILED', say('flow.facts-large', { step: task.step }));
}

function failure(error: unknown, task: PlacedTask): ErrorRecord {
  const known = asEnvironmentError(error, say('store.running-step', { step: task.step }));
  if (known instanceof TowpathError) return known.toRecord();
  const text = known instanceof Error ? (known.stack ?? known.message) : String(known);
  process.stderr.write(`${text}\n`);
  return new TowpathError('TOW_FLOW_STEP_FAILED', messageOf(known), { cause: known }).toRecord();
}

interface Surroundings {
  readonly resources: readonly string[];
  readonly env: string;
}

function surroundings(): Surroundings {
  // Made when first touched: they must not count as left behind.
  for (const stream of ['stdout', 'stderr']) Reflect.get(process, stream);
  return { resources: process.getActiveResourcesInfo(), env: JSON.stringify(process.env) };
}

/** Turns of the event loop in which requests that are just ending (a file being closed) may end. */
const turns = 50;

/** Whether the step left nothing that the next one could feel: timers, sockets, children, environment, memory. */
async function isClean(before: Surroundings, task: PlacedTask): Promise<boolean> {
  if (JSON.stringify(process.env) !== before.env) return false;
  const { heapUsed, rss } = process.memoryUsage();
  const mebibyte = 2 ** 20;
  if (heapUsed > (task.memory * mebibyte) / 4 || rss > task.memory * mebibyte) return false;
  for (let turn = 0; turn < turns; turn += 1) {
    if (leftBehind(before.resources).length === 0) return true;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return false;
}

function leftBehind(allowed: readonly string[]): string[] {
  const rest = [...allowed];
  return process.getActiveResourcesInfo().filter((resource) => {
    const at = rest.indexOf(resource);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function throttledProgress(emit: (progress: Progress) => void): {
  report: (progress: Progress) => void;
  end: () => void;
} {
  let last = -Infinity;
  let held: Progress | undefined;
  return {
    report(progress) {
      const now = performance.now();
      if (now - last < progressEvery) {
        held = progress;
        return;
      }
      last = now;
      held = undefined;
      emit(progress);
    },
    end() {
      if (held) emit(held);
      held = undefined;
    },
  };
}
