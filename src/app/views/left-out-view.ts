import { join } from 'node:path';
import type { Json } from '../../core/canonical-json.ts';
import { render, say, verbatim, type Message } from '../../core/messages/message.ts';
import { readJsonLines } from '../../data/json-lines-reader.ts';
import { rejectsFile, type Reject } from '../../data/ingest/reject.ts';
import { maskedFile, type MaskedRecord } from '../../data/prepare/masked.ts';
import type { RunDetail as FlowRun } from '../../flow/flow.ts';
import { leftPath } from '../../flow/log/step-log.ts';
import type { Store } from '../../store/open.ts';
import type { RunStepRecord } from '../../store/records/run-records.ts';
import type { LeftOut, LeftOutRecord, RejectedRecord } from '../records/run.ts';

/** Steps that take documents in, with their output that holds what they did not take. */
const takers = { 'data.ingest': 'documents', 'data.prepare': 'dataset' } as const;

/**
 * What a run did not take, masked or shortened: counts from the records, the list from its artifacts; of a step that
 * failed, from the list that it left.
 */
export async function leftOutView(run: FlowRun, { artifacts }: Pick<Store, 'artifacts'>): Promise<LeftOut> {
  const steps = run.steps.flatMap((step) => {
    const output = Object.hasOwn(takers, step.kind) ? takers[step.kind as keyof typeof takers] : undefined;
    const left = leftPath(step.log, rejectsFile);
    return output === undefined ? [] : [{ step, digest: step.outputs?.[output], left }];
  });
  const facts = steps.map(({ step }) => step.facts);
  const left = await Promise.all(
    steps.map(async (each) => (each.digest === undefined ? await codesIn(each.left) : undefined)),
  );
  const rejected = [...facts.map((each) => counts(each?.['rejected'])), ...left.map((each) => each ?? {})];
  const others = run.steps.flatMap(othersOf);
  async function* list(): AsyncGenerator<LeftOutRecord> {
    for (const [at, { step, digest, left: file }] of steps.entries()) {
      if (digest === undefined) {
        if (left[at] !== undefined) yield* rejectsIn(file, step.name);
        continue;
      }
      const folder = await artifacts.open(digest);
      yield* rejectsIn(join(folder, rejectsFile), step.name);
      if (step.kind === 'data.prepare') yield* maskedIn(folder, step.name);
    }
    yield* others;
  }
  return {
    run: run.id,
    rejected: sum(rejected),
    masked: sum(facts.map((each) => counts(each?.['masked']))),
    unfinished: steps.filter(({ digest }) => digest === undefined).map(({ step }) => step.name),
    list,
  };
}

async function* rejectsIn(path: string, step: string): AsyncGenerator<LeftOutRecord> {
  for await (const reject of readJsonLines(path))
    yield { outcome: 'rejected', step, ...inWords(reject as Reject) };
}

/** How many a list has by code; undefined where there is no such list. */
async function codesIn(path: string): Promise<Record<string, number> | undefined> {
  const found: Record<string, number> = {};
  try {
    for await (const reject of readJsonLines(path)) {
      const { code } = reject as Reject;
      found[code] = (found[code] ?? 0) + 1;
    }
    return found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** Versions before 0.1 wrote the English of a reason alone. */
function inWords(
  line: Omit<Reject, 'text'> & { readonly text?: Reject['text']; readonly reason?: string },
): Omit<RejectedRecord, 'outcome' | 'step'> {
  const { text = verbatim(line.reason ?? '') } = line;
  return { ...line, reason: render(text, 'en'), text };
}

async function* maskedIn(folder: string, step: string): AsyncGenerator<LeftOutRecord> {
  try {
    for await (const place of readJsonLines(join(folder, maskedFile)))
      yield { outcome: 'masked', step, ...(place as MaskedRecord) };
  } catch (error) {
    // A dataset made by an earlier version has counts alone.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** What training left out: it is told by count, because rows and batches have no place in a file. */
function othersOf({ name, kind, facts }: RunStepRecord): LeftOutRecord[] {
  const all = facts ?? {};
  const count = (
    outcome: 'skipped' | 'shortened',
    text: Message,
    value: Json | undefined,
  ): LeftOutRecord[] =>
    typeof value === 'number' && value > 0
      ? [{ outcome, step: name, what: render(text, 'en'), whatText: text, count: value }]
      : [];
  if (kind === 'train.fit') return count('skipped', say('left-out.jumped'), all['skipped']);
  if (kind !== 'train.tokens') return [];
  return (['train', 'validation'] as const).flatMap((split) => {
    const { cut, refused } = (all[split] ?? {}) as Readonly<Record<string, Json>>;
    return [
      ...count('skipped', say('left-out.no-fit', { split }), refused),
      ...count('shortened', say('left-out.too-long', { split }), cut),
    ];
  });
}

function sum(each: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [name, count] of each.flatMap((counted) => Object.entries(counted)))
    total[name] = (total[name] ?? 0) + count;
  return total;
}

function counts(fact: Json | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(fact ?? {}).filter((entry): entry is [string, number] => Number(entry[1]) > 0),
  );
}
