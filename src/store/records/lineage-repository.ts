import type { Digest } from '../../core/digest.ts';
import { readJson } from './json-column.ts';
import type {
  ArtifactRecord,
  LineageEdge,
  LineageRecords,
  ResultSummary,
  ResultUse,
} from './lineage-records.ts';
import type { Database } from './schema.ts';

/** Values in one `in (…)`: far below what either database takes. */
const batch = 1000;

export class LineageRepository implements LineageRecords {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  writersOf(digests: readonly Digest[]): Promise<LineageEdge[]> {
    return this.#outputs('digest', digests);
  }

  readersOf(digests: readonly Digest[]): Promise<LineageEdge[]> {
    return this.#inputs('digest', digests);
  }

  readBy(keys: readonly Digest[]): Promise<LineageEdge[]> {
    return this.#inputs('key', keys);
  }

  writtenBy(keys: readonly Digest[]): Promise<LineageEdge[]> {
    return this.#outputs('key', keys);
  }

  results(keys: readonly Digest[]): Promise<ResultSummary[]> {
    return inBatches(keys, async (some) => {
      const rows = await this.#db
        .selectFrom('step_results')
        .select(['key', 'step', 'kind', 'run_id as run', 'created_at'])
        .where('key', 'in', some)
        .execute();
      return rows.map(({ key, step, kind, run, created_at }) => ({
        ...{ key: key as Digest, step, kind, run },
        createdAt: created_at,
      }));
    });
  }

  artifacts(digests: readonly Digest[]): Promise<ArtifactRecord[]> {
    return inBatches(digests, async (some) => {
      const rows = await this.#db.selectFrom('artifacts').selectAll().where('digest', 'in', some).execute();
      return rows.map((row) => ({
        ...{ digest: row.digest as Digest, kind: row.kind as ArtifactRecord['kind'], media: row.media },
        ...{ bytes: row.bytes, files: row.files, createdAt: row.created_at },
      }));
    });
  }

  async find(prefix: string, limit: number): Promise<Digest[]> {
    const after = `${prefix}g`; // one past the last hexadecimal digit
    const found = await this.#db
      .selectFrom('step_outputs')
      .select('digest')
      .where('digest', '>=', prefix)
      .where('digest', '<', after)
      .union((q) =>
        q
          .selectFrom('step_inputs')
          .select('digest')
          .where('digest', '>=', prefix)
          .where('digest', '<', after),
      )
      .limit(limit)
      .execute();
    return found.map(({ digest }) => digest as Digest);
  }

  usesOf(keys: readonly Digest[]): Promise<ResultUse[]> {
    return this.#uses('run_steps.key', keys);
  }

  usesIn(runs: readonly string[]): Promise<ResultUse[]> {
    return this.#uses('run_steps.run_id', runs);
  }

  async readersOfPath(path: string): Promise<LineageEdge[]> {
    const exact = await this.#inputs('label', [path]);
    if (exact.length > 0) return exact.filter(({ role }) => role === 'external');
    const labels = await this.#db
      .selectFrom('step_inputs')
      .select('label')
      .distinct()
      .where('role', '=', 'external')
      .execute();
    const wanted = path.normalize('NFC');
    const equal = labels.map(({ label }) => label).filter((label) => label.normalize('NFC') === wanted);
    return (await this.#inputs('label', equal)).filter(({ role }) => role === 'external');
  }

  #uses(column: 'run_steps.key' | 'run_steps.run_id', values: readonly string[]): Promise<ResultUse[]> {
    return inBatches(values, async (some) => {
      const rows = await this.#db
        .selectFrom('run_steps')
        .innerJoin('runs', 'runs.id', 'run_steps.run_id')
        .select(['run_steps.run_id as run', 'name', 'key', 'run_steps.status as status', 'outputs'])
        .where(column, 'in', some)
        .where('run_steps.status', 'in', ['done', 'cached'])
        .orderBy('runs.started_at', 'desc')
        .orderBy('run_steps.run_id')
        .orderBy('position')
        .execute();
      return rows.map(({ run, name, key, status, outputs }) => ({
        ...{ run, step: name, key: key as Digest, made: status === 'done' },
        outputs: outputs === null ? {} : (readJson(outputs) as ResultUse['outputs']),
      }));
    });
  }

  #inputs(column: 'key' | 'digest' | 'label', values: readonly string[]): Promise<LineageEdge[]> {
    return inBatches(values, async (some) => {
      const rows = await this.#db
        .selectFrom('step_inputs')
        .selectAll()
        .where(column, 'in', some)
        .orderBy('key')
        .orderBy('role')
        .orderBy('name')
        .execute();
      return rows.map(({ key, digest, role, name, label }) => ({
        ...{ key: key as Digest, digest: digest as Digest, role: role as 'input' | 'external', name, label },
      }));
    });
  }

  #outputs(column: 'key' | 'digest', values: readonly Digest[]): Promise<LineageEdge[]> {
    return inBatches(values, async (some) => {
      const rows = await this.#db
        .selectFrom('step_outputs')
        .selectAll()
        .where(column, 'in', some)
        .orderBy('key')
        .orderBy('name')
        .execute();
      return rows.map(({ key, digest, name }) => ({
        ...{ key: key as Digest, digest: digest as Digest, role: 'output' as const, name, label: name },
      }));
    });
  }
}

async function inBatches<V, R>(
  values: readonly V[],
  read: (some: readonly V[]) => Promise<R[]>,
): Promise<R[]> {
  const rows: R[] = [];
  for (let at = 0; at < values.length; at += batch)
    for (const row of await read(values.slice(at, at + batch))) rows.push(row);
  return rows;
}
