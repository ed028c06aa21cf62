import type { CurvePoint } from '../../contract/curve.ts';
import type { CurveRecords } from './curve-records.ts';
import { readJson, writeJson } from './json-column.ts';
import type { Database } from './schema.ts';

/** `CurveRecords` in the database. */
export class CurveRepository implements CurveRecords {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async add(run: string, step: string, points: readonly CurvePoint[]): Promise<void> {
    const rows = points.map(({ step: at, ...figures }) => ({
      ...{ run_id: run, step_name: step, at, figures: writeJson(figures) },
    }));
    await this.#db.transaction().execute(async (tx) => {
      // SQLite takes at most 32,766 values in one statement.
      for (let from = 0; from < rows.length; from += 1000) {
        await tx
          .insertInto('curve_points')
          .values(rows.slice(from, from + 1000))
          .onConflict((conflict) =>
            conflict
              .columns(['run_id', 'step_name', 'at'])
              .doUpdateSet((set) => ({ figures: set.ref('excluded.figures') })),
          )
          .execute();
      }
    });
  }

  async of(run: string, step: string, limit?: number): Promise<CurvePoint[]> {
    let query = this.#db
      .selectFrom('curve_points')
      .select(['at', 'figures'])
      .where('run_id', '=', run)
      .where('step_name', '=', step)
      .orderBy('at', 'desc');
    if (limit !== undefined) query = query.limit(limit);
    const rows = await query.execute();
    return rows
      .reverse()
      .map(({ at, figures }) => ({ ...(readJson(figures) as Omit<CurvePoint, 'step'>), step: at }));
  }
}
