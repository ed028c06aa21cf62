import { systemClock } from '../../core/clock.ts';
import { digestBytes, type Digest } from '../../core/digest.ts';
import { openRecords, type Records } from '../../store/records/open.ts';

/** A step as one run made or reused it; what it writes is named by its text. */
export interface StepOfRun {
  readonly name: string;
  /** What it read, by name: `file:docs/a.md=text`, `step/output=text`, `artifact=text`. */
  readonly reads?: Readonly<Record<string, string>>;
  readonly writes: Readonly<Record<string, string>>;
  /** Another text is another result. @default its name, what it read and what it wrote */
  readonly key?: string;
  readonly cached?: boolean;
}

export interface History {
  readonly records: Records;
  /** Puts a run on record; each begins a second after the one before. Gives the keys of its steps. */
  run(id: string, steps: readonly StepOfRun[]): Promise<Digest[]>;
}

/** Records of runs that never were: what was made of what, without the making. */
export async function openHistory(path: string): Promise<History> {
  const records = await openRecords({ path, clock: systemClock });
  let now = 0;
  return {
    records,
    async run(id, steps) {
      now += 1000;
      await records.runs.create({
        ...{ id, plan: digestBytes('plan'), engine: 'engine', startedAt: now, labels: {} },
        steps: steps.map(({ name }) => ({ name, kind: 'test.kind' })),
      });
      const keys: Digest[] = [];
      for (const step of steps) keys.push(await add(records, id, step, (now += 1)));
      return keys;
    },
  };
}

async function add(records: Records, run: string, step: StepOfRun, at: number): Promise<Digest> {
  const { name, reads = {}, writes, cached = false } = step;
  const key = digestBytes(step.key ?? JSON.stringify([name, reads, writes]));
  const outputs = Object.fromEntries(
    Object.entries(writes).map(([output, text]) => [output, digestBytes(text)] as const),
  );
  if (cached) {
    await records.runs.changeSteps(run, new Map([[name, { status: 'cached', key, outputs }]]));
    return key;
  }
  const inputs = Object.entries(reads).map(([input, from]) => {
    const [label = '', text = ''] = from.replace(/^file:/, '').split('=');
    const role = from.startsWith('file:') ? ('external' as const) : ('input' as const);
    return { role, name: input, label, digest: digestBytes(text) };
  });
  const artifacts = Object.values(outputs).map((digest) => ({
    ...{ digest, kind: 'file' as const, media: 'text/plain', bytes: 1, files: 1 },
  }));
  await records.results.claim({ key, run, engine: 'engine', at });
  await records.runs.changeSteps(run, new Map([[name, { status: 'running', key }]]));
  await records.results.commit({
    ...{ inputs, artifacts, change: { status: 'done', outputs } },
    result: {
      ...{
        key,
        step: name,
        kind: 'test.kind',
        code: digestBytes('code'),
        params: {},
        facts: {},
        outputs,
        run,
      },
      ...{ createdAt: at, duration: 1 },
    },
  });
  return key;
}
