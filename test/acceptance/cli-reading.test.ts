import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  LineageRecord,
  ReleaseDetail,
  ReleaseRecord,
  RollbackRecord,
} from '../../src/app/records/release.ts';
import type { LeftOutRecord, LogLine, PageRecord, RunDetail, RunRecord } from '../../src/app/records/run.ts';
import type { StatusRecord } from '../../src/app/records/service.ts';
import type { BackupRecord, VerifyRecord } from '../../src/app/records/upkeep.ts';
import { englishLeft } from '../../src/cli/testing/english-left.ts';
import { parsed, towpath, type Terminal } from '../../src/cli/testing/real.ts';
import { systemClock } from '../../src/core/clock.ts';
import { digestBytes, shortDigest } from '../../src/core/digest.ts';
import { TowpathError } from '../../src/core/errors/towpath-error.ts';
import { verbatim } from '../../src/core/messages/message.ts';
import { displayWidth } from '../../src/cli/output/width.ts';
import { openStore } from '../../src/store/open.ts';
import { endProject, run } from '../product/command.ts';
import { flipByte } from '../product/damage.ts';
import { TestProject } from '../product/project.ts';

const steer = '\u001b[2J\u001b]0;title\u0007';
/** Names that would do something to a terminal, or look like a line of ours. */
const names = {
  steering: `docs/en/a${steer}b.md`,
  forging: 'docs/en/nl\nrejected forged.md',
  branching: 'docs/en/nl\n  └─ r9 forged.md',
  turning: 'docs/en/\u202egnp.md',
  long: `docs/en/${'x'.repeat(200)}.md`,
};

const file = `project: marlow
sources:
  - name: docs
    files: ["docs/**/*"]
qa:
  passages: 5
evaluate:
  suites: [suite/all.jsonl]
  gates:
    - { metric: retrieval.recall@5, min: 0.9 }
  bootstrap: { resamples: 1000 }
`;

describe('commands that look at a project', { timeout: 120_000 }, () => {
  let around: string;
  let project: TestProject;
  let made: readonly ReleaseRecord[];
  let failed: string;
  beforeAll(async () => {
    around = await realpath(await mkdtemp(join(tmpdir(), 'towpath-reading-')));
    project = await TestProject.create({}, around);
    await project.write('towpath.yaml', file);
    for (const name of [names.steering, names.forging, names.turning, names.long])
      await project.write(name, '');
    await project.write(names.branching, '# Mill\n\nThe mill of Greta Holm grinds barley on Thursdays.\n');
    await project.write(
      'docs/en/mail.md',
      '# Mail\n\nThe post office opens at nine. Write to ada@firm.cn soon.\n',
    );
    expect(await run(project, ['run'])).toMatchObject({ exitCode: 0, stderr: '' });
    await project.edit('towpath.yaml', 'passages: 5', 'passages: 4');
    expect(await run(project, ['run'])).toMatchObject({ exitCode: 0 });
    made = parsed<ReleaseRecord[]>(await look('releases', '--json'));
    failed = await leaveFailed();
  }, 120_000);
  afterAll(async () => {
    await endProject(project);
    await rm(around, { recursive: true, force: true });
  });

  const look = (...args: string[]) => towpath(project.dir, args);
  const at = (terminal: Terminal, ...args: string[]) => towpath(project.dir, args, terminal);
  const words = (command: string) => command.split(' ');

  /** A run that failed with words from outside, on a machine whose name is odd. */
  async function leaveFailed(): Promise<string> {
    const id = 'run-9zzzzzzzz-bbbbb';
    const store = await openStore({ dir: project.path('.towpath'), clock: systemClock });
    const { runs } = store.records;
    const host = `barge${steer}\nrun-8 done`;
    await runs.create({
      ...{ id, plan: digestBytes('plan'), startedAt: Date.now() + 1000, labels: { host } },
      ...{
        engine: '4711-93402-abcdef01-4026531836-0123456789ab',
        steps: [{ name: 'ingest', kind: 'data.ingest' }],
      },
    });
    const error = new TowpathError(
      'TOW_DATA_NO_FILES',
      verbatim(`no file${steer}\nrun-7 done ${'y'.repeat(300)}`),
    );
    const change = { status: 'failed', error: error.toRecord() } as const;
    await runs.changeSteps(id, new Map([['ingest', { status: 'running' }]]));
    await runs.changeSteps(id, new Map([['ingest', change]]));
    await runs.finish(id, {
      status: 'failed',
      at: Date.now() + 3000,
      steps: 'skipped',
      error: error.toRecord(),
    });
    await store.close();
    return id;
  }

  describe('status', () => {
    it('tells the live release with its figures, the last run and the service, in text as in JSON', async () => {
      const status = parsed<StatusRecord>(await look('status', '--json'));
      expect(status).toMatchObject({
        dir: project.dir,
        live: { name: 'r2' },
        lastRun: { id: failed, state: 'failed' },
      });
      expect(status.live?.figures).toEqual({ 'retrieval.recall@5': 1 });
      const { exitCode, out } = await look('status');
      expect(exitCode).toBe(0);
      for (const fact of [
        project.dir,
        'r2',
        'retrieval.recall@5 1',
        failed,
        'TOW_DATA_NO_FILES',
        'not running',
      ])
        expect(out.text).toContain(fact);
    });
  });

  describe('runs', () => {
    it('are listed newest first, each with its state, steps, release or error', async () => {
      const runs = parsed<RunRecord[]>(await look('runs', '--json'));
      expect(runs.map(({ state, release }) => [state, release])).toEqual([
        ...[
          ['failed', undefined],
          ['done', 'r2'],
          ['done', 'r1'],
        ],
      ]);
      const [header, ...rows] = (await look('runs')).out.lines;
      expect(header).toMatch(/^RUN +STATE +STARTED +TOOK +STEPS +CACHED +RELEASE +ERROR$/);
      expect(rows).toHaveLength(3);
      for (const [row, { id, state, steps, release }] of runs.map(
        (record, n) => [rows[n] ?? '', record] as const,
      )) {
        expect(row.startsWith(id)).toBe(true);
        for (const fact of [
          state,
          `${String(steps.done + steps.cached)}/${String(steps.total)}`,
          release ?? 'TOW_DATA_NO_FILES',
        ])
          expect(row).toContain(fact);
      }
    });

    it('are as many as asked for, the newest', async () => {
      const { out } = await look('runs', '--limit', '1');
      expect(out.lines).toHaveLength(2);
      expect(out.lines[1]).toContain(failed);
      expect(parsed<RunRecord[]>(await look('runs', '--limit', '2', '--json'))).toHaveLength(2);
      for (const limit of ['0', '-1', 'x', '1.5', '']) {
        const refused = await look('runs', '--limit', limit);
        expect([limit, refused.exitCode]).toEqual([limit, 2]);
        expect(refused.err.text).toContain('TOW_CLI_USAGE');
      }
    });

    it('fit the terminal, whatever an error says', async () => {
      const { out } = await at({ columns: 100 }, 'runs', '--no-color');
      for (const line of out.lines) expect(displayWidth(line)).toBeLessThanOrEqual(100);
    });
  });

  describe('run show', () => {
    it('tells each step: why it ran, how long, what it made and from what, as in JSON', async () => {
      const [, { id } = { id: '' }] = parsed<RunRecord[]>(await look('runs', '--json'));
      const detail = parsed<RunDetail>(await look('run', 'show', id, '--json'));
      const { out } = await look('run', 'show', id);
      expect(detail.plan.length).toBeGreaterThan(5);
      for (const { name, state, reason = '', outputs, inputs = {} } of detail.plan) {
        const row = out.lines.find((line) => new RegExp(`^${name} +${state} `).test(line));
        expect(row).toContain(reason);
        for (const digest of [...Object.values(outputs)]) expect(row).toContain(shortDigest(digest));
        for (const digest of Object.values(inputs)) expect(out.text).toContain(shortDigest(digest));
      }
      expect(out.text).toContain('release  r2');
      expect(out.text).toMatch(/questions 8/);
    });

    it('takes the beginning of an id, with or without `run-`, and the newest by itself', async () => {
      for (const name of [failed, failed.slice(0, 8), failed.slice(4, 8), 'last'])
        expect(parsed<RunDetail>(await look('run', 'show', name, '--json')).id).toBe(failed);
    });

    it('lists those that an id may mean', async () => {
      const { exitCode, err } = await look('run', 'show', 'run-');
      expect(exitCode).toBe(2);
      expect(err.text).toContain('TOW_FLOW_RUN_UNKNOWN');
      for (const { id } of parsed<RunRecord[]>(await look('runs', '--json'))) expect(err.text).toContain(id);
    });
  });

  describe('logs', () => {
    it('print the lines of every step with its name, of one without, the same as in JSON', async () => {
      const [, , first = { id: '' }] = parsed<RunRecord[]>(await look('runs', '--json'));
      const { out } = await look('logs', first.id);
      const records = (await look('logs', first.id, '--json')).out.lines.map(
        (line) => JSON.parse(line) as LogLine,
      );
      expect(records.length).toBeGreaterThan(3);
      expect(out.lines).toHaveLength(records.length);
      expect(out.lines[0]).toMatch(/^ingest \d{4}-/);
      const one = await look('logs', first.id, 'ingest');
      expect(one.out.lines[0]).toMatch(/^\d{4}-/);
      expect(one.out.lines).toHaveLength(records.filter(({ step }) => step === 'ingest').length);
    });

    it('say of an unknown step which there are, and of a silent one that it wrote none', async () => {
      const unknown = await look('logs', 'last', 'indx');
      expect([unknown.exitCode, unknown.out.text]).toEqual([2, '']);
      expect(unknown.err.text).toMatch(/TOW_FLOW_STEP_UNKNOWN[\s\S]+fix: it has: ingest/);
      const silent = await look('logs', 'last', 'ingest');
      expect([silent.exitCode, silent.out.text, silent.err.text]).toEqual([
        0,
        '',
        'step ingest wrote no log\n',
      ]);
    });
  });

  describe('rejects', () => {
    it('are one line each, in text as in JSON', async () => {
      const [, , { id } = { id: '' }] = parsed<RunRecord[]>(await look('runs', '--json'));
      const records = (await look('rejects', id, '--json')).out.lines.map(
        (line) => JSON.parse(line) as LeftOutRecord,
      );
      const sources = records.flatMap((record) => (record.outcome === 'rejected' ? [record.source] : []));
      expect(sources.sort()).toEqual([names.steering, names.forging, names.turning, names.long].sort());
      const { out } = await look('rejects', id);
      expect(out.lines).toHaveLength(1 + records.length);
      expect(out.lines[0]).toContain(`${id}: rejected 4 (`);
      expect(out.lines.at(-1)).toBe('masked   docs/en/mail.md:3 email');
    });

    it('of a run that ended before its steps did say so', async () => {
      const { exitCode, out } = await look('rejects');
      expect(exitCode).toBe(0);
      expect(out.text).toContain(`${failed}: `);
      expect(out.text).toContain('! ');
    });
  });

  describe('report', () => {
    it('is found by run, by release, by the beginning of its digest; in either language', async () => {
      const [newest, before] = made;
      const page = async (...args: string[]) =>
        parsed<PageRecord>(await look('report', ...args, '--json')).page;
      const last = await page();
      expect((await look('report', '--no-open')).out.text).toBe(`${last}\n`);
      expect(await page('r2')).toBe(last);
      expect(await page(newest?.digest.slice(0, 10) ?? '')).toBe(last);
      const first = await page('r1');
      expect(first).not.toBe(last);
      expect(await page(before?.run ?? '')).toBe(first);
      const chinese = await page('--lang', 'zh');
      expect(await readFile(chinese, 'utf8')).toContain('lang="zh');
    });

    it('of what there is not is refused, with what there is', async () => {
      for (const [of, code, told] of [
        ['r9', 'TOW_STORE_RELEASE_UNKNOWN', 'r2, r1'],
        ['run-none', 'TOW_FLOW_RUN_UNKNOWN', 'towpath runs'],
        ['last', 'TOW_APP_NO_PAGE', 'towpath run show'],
      ] as const) {
        const { exitCode, err } = await look('report', of);
        expect([of, exitCode]).toEqual([of, 2]);
        expect(err.text).toContain(code);
        expect(err.text).toContain(told);
      }
    });
  });

  describe('lineage', () => {
    it('shows where a release came from and what a file went into, or both at once', async () => {
      const back = (await look('lineage', 'r2', '--backwards')).out.text;
      expect(back).toMatch(/^r2 [0-9a-f]{12} · release\n\nmade from\n/);
      for (const path of ['docs/en/lock.md', 'docs/zh/bridge.md', 'suite/all.jsonl'])
        expect(back).toContain(path);
      expect(back).not.toContain('went into');
      const forth = (await look('lineage', 'docs/en/lock.md', '--forwards')).out.text;
      expect(forth).toMatch(/went into\n[\s\S]+r2 [\s\S]*/);
      expect(forth).not.toContain('made from');
      const dataset = parsed<ReleaseDetail>(await look('release', 'show', 'r2', '--json')).manifest.dataset;
      const both = (await look('lineage', dataset.slice(0, 14))).out.text;
      expect(both).toMatch(/^dataset [\s\S]+made from\n[\s\S]+lock\.md[\s\S]+went into\n[\s\S]+r2 /);
    });

    it('has in text what it has in JSON', async () => {
      const { nodes } = parsed<LineageRecord>(await look('lineage', 'r2', '--backwards', '--json'));
      const { out } = await look('lineage', 'r2', '--backwards');
      for (const { id } of nodes) expect(out.text).toContain(id.slice(0, 12));
    });

    it('says what several or no digests begin with', async () => {
      const { exitCode, err } = await look('lineage', 'ffffffffffffffff');
      expect([exitCode, err.text.split(':')[0]]).toEqual([2, 'error TOW_FLOW_DIGEST_UNKNOWN']);
      const several = await look('lineage', '');
      expect(several.exitCode).toBe(2);
    });
  });

  describe('releases', () => {
    it('are listed newest first with the live one marked, and shown by name or digest', async () => {
      expect(made.map(({ name, live }) => [name, live])).toEqual([
        ['r2', true],
        ['r1', false],
      ]);
      const [, newest, before] = (await look('releases')).out.lines;
      expect(newest).toMatch(/^● +r2 .*retrieval\.recall@5 1$/);
      expect(before).toMatch(/^ +r1 /);
      const byName = (await look('release', 'show', 'r2')).out.text;
      expect((await look('release', 'show', made[0]?.digest.slice(0, 12) ?? '')).out.text).toBe(byName);
      for (const fact of [
        made[0]?.digest ?? '',
        '● live',
        'none: answers are quoted',
        'min 0.9',
        'passed',
        'passages 4',
      ])
        expect(byName).toContain(fact);
      expect(byName).toMatch(/^passages +5 +4/m);
      expect(byName).toMatch(/made live by .+: run-\S+ passed its gates/);
    });

    it('of a name that there is not are told with the names that there are', async () => {
      const { exitCode, err } = await look('release', 'show', 'r9');
      expect(exitCode).toBe(2);
      expect(err.text).toMatch(/TOW_STORE_RELEASE_UNKNOWN[\s\S]+r2, r1/);
      const none = await look('release', 'show', 'zz');
      expect([none.exitCode, none.err.text.split(':')[0]]).toEqual([2, 'error TOW_APP_NAME_UNKNOWN']);
      const several = await look('release', 'show', '');
      expect(several.err.text).toMatch(/TOW_APP_NAME_UNKNOWN: .*r2, r1/);
    });
  });

  it('cancel says of a run that ended that there is nothing to cancel', async () => {
    const { exitCode, out } = await look('cancel', failed);
    expect([exitCode, out.lines[0]]).toEqual([0, 'nothing to cancel: the run had ended before']);
    expect(parsed<RunRecord>(await look('cancel', failed, '--json'))).toMatchObject({
      id: failed,
      state: 'failed',
    });
  });

  it.each(['status', 'runs', 'run show', 'logs', 'rejects', 'releases', 'release show r2', 'report'])(
    '%s leaves no sentence in English to a Chinese reader',
    async (command) => {
      const { out, err } = await look(...words(command), '--lang', 'zh');
      const ours = `${out.text}${err.text}`.replace(/no file[\s\S]*?y{10,}…?/g, '');
      expect(englishLeft(ours)).toEqual([]);
    },
  );

  describe('names and words from outside', () => {
    const everything = ['status', 'runs', 'run show', 'rejects', 'lineage r1', 'releases', 'release show r1'];

    it('steer no terminal, and stand whole in JSON', async () => {
      const ids = parsed<RunRecord[]>(await look('runs', '--json')).map(({ id }) => id);
      for (const command of [
        ...everything,
        ...ids.flatMap((id) => [`rejects ${id}`, `logs ${id}`, `run show ${id}`]),
      ]) {
        const { out } = await look(...words(command));
        expect([command, out.text.match(/[^\n\x20-\x7e\u00a0-\u2027\u2030-\u2065\u206a-\uffff]/g)]).toEqual([
          command,
          null,
        ]);
        expect([command, out.text.includes('title')]).toEqual([command, false]);
      }
      expect((await look('lineage', 'r1', '--json')).out.text).toContain(String.raw`nl\n  └─ r9 forged.md`);
    });

    it('begin no line of their own', async () => {
      const ids = parsed<RunRecord[]>(await look('runs', '--json')).map(({ id }) => id);
      for (const command of [...everything, ...ids.map((id) => `rejects ${id}`)]) {
        const { out } = await look(...words(command));
        const forged = out.lines.filter((line) =>
          /^(?:rejected forged| {2}└─ r9 forged|run-[78] done)/.test(line),
        );
        expect([command, forged]).toEqual([command, []]);
      }
    });
  });

  describe('afterwards', () => {
    it('backup tells where it went and how much, and what was there already', async () => {
      const first = await look('backup', '../backup');
      const folder = join(around, 'backup');
      expect(first.exitCode).toBe(0);
      expect(first.out.lines.at(-1)).toMatch(new RegExp(`^backed up to ${folder}: \\d+ artifacts, `));
      const again = parsed<BackupRecord>(await look('backup', '../backup', '--json'));
      expect(again).toMatchObject({ folder, unchanged: again.artifacts.count });
      expect((await look('backup', '../backup')).out.lines.at(-1)).toContain(String(again.unchanged));
      await expect(look('backup', 'towpath.yaml')).resolves.toMatchObject({ exitCode: 2 });
    });

    it('rollback tells from what to what, and that no service had to follow', async () => {
      const { exitCode, out } = await look('rollback');
      expect(exitCode).toBe(0);
      expect(out.text).toMatch(/r2 -> r1/);
      expect(out.text).not.toContain('has swapped');
      expect(parsed<RollbackRecord>(await look('rollback', 'r2', '--json'))).toEqual({
        from: 'r1',
        to: 'r2',
        swapped: false,
      });
      for (const [to, code] of [
        ['r9', 'TOW_STORE_RELEASE_UNKNOWN'],
        ['zz', 'TOW_APP_NAME_UNKNOWN'],
      ] as const) {
        const refused = await look('rollback', to);
        expect([refused.exitCode, refused.err.text.split(':')[0]]).toEqual([2, `error ${code}`]);
      }
    });

    it('what is damaged is found by verify, and told by every command that shows it', async () => {
      const whole = await look('verify', '--json');
      expect(parsed<VerifyRecord>(whole)).toMatchObject({ ok: true, releases: 2, problems: [] });
      const { report } = parsed<ReleaseDetail>(await look('release', 'show', 'r1', '--json')).manifest;
      await flipByte(project.path(`.towpath/artifacts/${report.slice(0, 2)}/${report}/content/report.json`));

      expect((await look('releases')).out.lines.at(-1)).toContain(report.slice(0, 12));
      const shown = await look('release', 'show', 'r1');
      expect([shown.exitCode, shown.err.text.split(':')[0]]).toEqual([
        4,
        'error TOW_STORE_ARTIFACT_TAMPERED',
      ]);
      expect((await look('report', 'r1')).exitCode).toBe(4);
      const text = await look('verify');
      expect(text.exitCode).toBe(4);
      expect(text.out.text).toContain('r1 is not whole: its report is damaged');
      expect(text.out.lines.at(-1)).toMatch(/^\d+ problems? in \d+ artifacts/);
      const json = await look('verify', '--json');
      expect(json.exitCode).toBe(4);
      const { ok, problems } = parsed<VerifyRecord>(json);
      expect([ok, problems.length]).toEqual([false, Number(/^\d+/.exec(text.out.lines.at(-1) ?? '')?.[0])]);
      const chinese = await look('verify', '--lang', 'zh');
      expect([chinese.exitCode, englishLeft(chinese.out.text)]).toEqual([4, []]);

      expect(parsed<StatusRecord>(await look('status', '--json')).live?.name).toBe('r2');
      const repaired = await look('repair');
      expect(repaired.out.text).toContain('r1 is not whole');
      expect(repaired.exitCode).toBe(4);
      const given = await look('repair', '--give-up', 'r1');
      expect([given.exitCode, given.out.text.includes('r1')]).toEqual([0, true]);
      expect((await look('releases')).out.lines.at(-1)).toMatch(/given up by/);
      expect((await look('rollback', 'r1')).exitCode).not.toBe(0);
      const live = await look('repair', '--give-up', 'r2');
      expect([live.exitCode, live.out.text]).toEqual([2, '']);
    });
  });
});
