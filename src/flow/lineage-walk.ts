import type { Digest } from '../core/digest.ts';
import type { LineageEdge, ResultUse } from '../store/records/lineage-records.ts';
import type { Records } from '../store/records/open.ts';

export interface LineageWalk {
  readonly items: ReadonlySet<Digest>;
  readonly keys: ReadonlySet<Digest>;
  readonly edges: readonly LineageEdge[];
  readonly truncated: boolean;
}

type WalkRecords = Pick<Records, 'lineage' | 'releases'>;

/**
 * Follows digests through the steps of one run at a time. Two runs may hold equal artifacts - every passed gate writes
 * the same verdict - so a digest alone does not tell what an artifact was made from: which step of which run wrote it
 * does. What a run took from another run (the live release's answers) is shown and not followed.
 */
export async function walkBackwards(
  records: WalkRecords,
  roots: readonly Digest[],
  limit: number,
  took: (edge: LineageEdge) => Promise<boolean>,
): Promise<LineageWalk> {
  const walk = new Walk(records, roots, limit);
  const first: ResultUse[] = [];
  for (const root of roots) {
    for (const use of await walk.makersOf(root)) {
      for (const [name, digest] of Object.entries(use.outputs)) {
        if (digest === root) walk.wrote(use, name, digest);
      }
      first.push(use);
    }
  }
  let frontier = walk.enter(first);
  while (frontier.length > 0 && !walk.full) {
    const inputs = await walk.inputsOf(frontier.map(({ key }) => key));
    await walk.load(frontier.map(({ run }) => run));
    const next: ResultUse[] = [];
    for (const use of frontier) {
      for (const edge of inputs.get(use.key) ?? []) {
        if (edge.role === 'external' && !(await took(edge))) continue;
        walk.read(edge);
        const maker = await walk.makerIn(use.run, edge);
        if (maker === undefined) continue;
        walk.wrote(maker.use, maker.output, edge.digest);
        next.push(maker.use);
      }
    }
    frontier = walk.enter(next);
  }
  return walk.end(frontier.length > 0);
}

/** @param isAsked tells the inputs to begin with: of files with equal content, only those of the path asked for */
export async function walkForwards(
  records: WalkRecords,
  roots: readonly Digest[],
  limit: number,
  isAsked: (edge: LineageEdge) => Promise<boolean>,
): Promise<LineageWalk> {
  const walk = new Walk(records, roots, limit);
  const first: LineageEdge[] = [];
  for (const edge of await records.lineage.readersOf(roots)) if (await isAsked(edge)) first.push(edge);
  first.forEach((edge) => walk.read(edge));
  const uses = await walk.usesOf(first.map(({ key }) => key));
  await walk.load(uses.map(({ run }) => run));
  let frontier = walk.enter(walk.distinct(uses));
  while (frontier.length > 0 && !walk.full) {
    const written = new Set<Digest>();
    for (const use of frontier) {
      for (const [name, digest] of Object.entries(use.outputs)) {
        walk.wrote(use, name, digest);
        written.add(digest);
      }
    }
    const readers = await records.lineage.readersOf([...written]);
    const next: ResultUse[] = [];
    for (const { run } of new Map(frontier.map((use) => [use.run, use])).values()) {
      const here = new Set(frontier.filter((use) => use.run === run).map(({ step }) => step));
      for (const edge of readers) {
        const found = walk.readersIn(run, edge);
        if (found.length === 0 || !here.has((await walk.makerIn(run, edge))?.use.step ?? '')) continue;
        walk.read(edge);
        next.push(...found);
      }
    }
    frontier = walk.enter(next);
  }
  return walk.end(frontier.length > 0);
}

class Walk {
  readonly #records: WalkRecords;
  readonly #limit: number;
  readonly #items: Set<Digest>;
  readonly #keys = new Set<Digest>();
  readonly #edges = new Map<string, LineageEdge>();
  readonly #entered = new Set<string>();
  readonly #inputs = new Map<Digest, LineageEdge[]>();
  readonly #runs = new Map<string, ResultUse[]>();

  constructor(records: WalkRecords, roots: readonly Digest[], limit: number) {
    this.#records = records;
    this.#limit = limit;
    this.#items = new Set(roots);
  }

  get full(): boolean {
    return this.#items.size + this.#keys.size > this.#limit;
  }

  end(more: boolean): LineageWalk {
    return { items: this.#items, keys: this.#keys, edges: [...this.#edges.values()], truncated: more };
  }

  read(edge: LineageEdge): void {
    this.#edges.set(`${edge.key} ${edge.role} ${edge.name} ${edge.digest}`, edge);
    this.#items.add(edge.digest);
  }

  wrote({ key }: ResultUse, name: string, digest: Digest): void {
    this.read({ key, digest, role: 'output', name, label: name });
  }

  /** Those that were not come to before. */
  enter(uses: readonly ResultUse[]): ResultUse[] {
    return uses.filter((use) => {
      const id = `${use.run} ${use.step}`;
      if (this.#entered.has(id)) return false;
      this.#entered.add(id);
      this.#keys.add(use.key);
      return true;
    });
  }

  async inputsOf(keys: readonly Digest[]): Promise<ReadonlyMap<Digest, LineageEdge[]>> {
    const fresh = [...new Set(keys)].filter((key) => !this.#inputs.has(key));
    fresh.forEach((key) => this.#inputs.set(key, []));
    for (const edge of await this.#records.lineage.readBy(fresh)) this.#inputs.get(edge.key)?.push(edge);
    return this.#inputs;
  }

  /** Reads the steps of these runs. */
  async load(runs: readonly string[]): Promise<void> {
    const fresh = [...new Set(runs)].filter((run) => !this.#runs.has(run));
    fresh.forEach((run) => this.#runs.set(run, []));
    for (const use of await this.#records.lineage.usesIn(fresh)) this.#runs.get(use.run)?.push(use);
  }

  /** The steps that made a digest, each in the run that did; of a release, in the run that it was made by. */
  async makersOf(digest: Digest): Promise<ResultUse[]> {
    const keys = (await this.#records.lineage.writersOf([digest])).map(({ key }) => key);
    const uses = (await this.usesOf(keys)).filter(({ outputs }) => Object.values(outputs).includes(digest));
    const release = await this.#records.releases.byManifest(digest);
    const own = uses.filter(({ run }) => run === release?.run);
    if (own.length > 0) return own;
    const made = uses.filter((use) => use.made);
    return made.length > 0 ? made : uses;
  }

  /** Uses of results in all runs. A result of which no run is known counts as used by the run on its record. */
  async usesOf(keys: readonly Digest[]): Promise<ResultUse[]> {
    const distinct = [...new Set(keys)];
    const uses = await this.#records.lineage.usesOf(distinct);
    const known = new Set(uses.map(({ key }) => key));
    const lost = distinct.filter((key) => !known.has(key));
    const outputs = lost.length === 0 ? [] : await this.#records.lineage.writtenBy(lost);
    for (const { key, step, run } of await this.#records.lineage.results(lost)) {
      const own = outputs.filter((edge) => edge.key === key).map(({ name, digest }) => [name, digest]);
      uses.push({ run, step, key, made: true, outputs: Object.fromEntries(own) as ResultUse['outputs'] });
    }
    return uses;
  }

  /** One use of each step for all runs that are alike, the newest: a run that reused everything adds nothing. */
  distinct(uses: readonly ResultUse[]): ResultUse[] {
    const seen = new Map<string, string>();
    return uses.filter(({ run }) => {
      const steps = (this.#runs.get(run) ?? []).map(({ step, key, outputs }) => [step, key, outputs]);
      const like = steps.length === 0 ? run : JSON.stringify(steps);
      if (!seen.has(like)) seen.set(like, run);
      return seen.get(like) === run;
    });
  }

  /** The step of the run that wrote what the edge read; without the run's steps, the last that ever wrote it. */
  async makerIn(
    run: string,
    { role, label, digest }: LineageEdge,
  ): Promise<{ use: ResultUse; output: string } | undefined> {
    const slash = label.indexOf('/');
    if (role !== 'input' || slash < 0) return undefined;
    const [step, output] = [label.slice(0, slash), label.slice(slash + 1)];
    const steps = this.#runs.get(run) ?? [];
    // A result keeps the names of the plan that it was made by; a later plan may have named its steps otherwise.
    const named = steps.find((use) => use.step === step && use.outputs[output] === digest);
    if (named) return { use: named, output };
    for (const use of steps) {
      const name = Object.keys(use.outputs).find((each) => use.outputs[each] === digest);
      if (name !== undefined) return { use, output: name };
    }
    if (steps.length > 0) return undefined;
    const [last] = await this.makersOf(digest);
    const name = last && Object.keys(last.outputs).find((each) => last.outputs[each] === digest);
    return last && name !== undefined ? { use: last, output: name } : undefined;
  }

  readersIn(run: string, { key }: LineageEdge): ResultUse[] {
    return (this.#runs.get(run) ?? []).filter((use) => use.key === key);
  }
}
