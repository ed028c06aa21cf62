import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { claimService } from '../app/service-file.ts';
import type { RunOptions, RunRecord } from '../app/records/run.ts';
import type { UpOptions } from '../app/records/service.ts';
import { asDigest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { verbatim } from '../core/messages/message.ts';
import { toyFile } from '../project/testing/toy-sections.ts';
import { browserFor, openPage } from './browser.ts';
import { CapturedOutput, cli } from './testing/capture.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'towpath-cli-'));
  await writeFile(join(dir, 'towpath.yaml'), toyFile);
});

const record: RunRecord = {
  id: 'run-1',
  state: 'done',
  started: '2026-05-04T10:00:00Z',
  ms: 1500,
  steps: { total: 2, done: 1, cached: 1 },
  release: 'r1',
};

describe('errors', () => {
  it('become text with a fix on the error output, and their exit code', async () => {
    const { exitCode, out, err } = await cli(['run'], {
      cwd: dir,
      towpath: {
        run: () =>
          Promise.reject(
            new TowpathError('TOW_PROJECT_NOT_WRITABLE', verbatim('it cannot be'), {
              where: 'x:1',
              cause: new Error('EACCES'),
            }),
          ),
      },
    });
    expect(exitCode).toBe(2);
    expect(out.text).toBe('');
    expect(err.lines.slice(0, 3)).toEqual([
      'error TOW_PROJECT_NOT_WRITABLE: it cannot be',
      '  at x:1',
      '  caused by: EACCES',
    ]);
    expect(err.text).toContain('  fix: ');
  });

  it('become one JSON object on the output with --json, wherever it stands', async () => {
    for (const args of [
      ['--json', 'status'],
      ['status', '--json'],
      ['staus', '--json'],
    ]) {
      const { exitCode, out, err } = await cli(args, { cwd: '/' });
      expect(exitCode).toBe(2);
      expect(JSON.parse(out.text)).toMatchObject({
        error: { kind: 'user', message: expect.any(String) as string },
      });
      expect(err.text).toBe('');
    }
  });

  it('without a code are our fault and show their stack', async () => {
    const status = () => Promise.reject(new TypeError('oops'));
    const { exitCode, err } = await cli(['status'], { cwd: dir, towpath: { status } });
    expect(exitCode).toBe(1);
    expect(err.text).toMatch(/error TOW_APP_INTERNAL: oops[\s\S]+at Object.status/);
  });

  it('cannot steer the terminal', async () => {
    const bad = verbatim('bad \u001b[2J\u001b]0;title\u0007name');
    const status = () => Promise.reject(new TowpathError('TOW_PROJECT_INVALID', bad));
    expect((await cli(['status'], { cwd: dir, towpath: { status } })).err.text).not.toContain('\u001b');
  });
});

describe('towpath report and curves', () => {
  const report = (of: string | undefined) =>
    Promise.resolve({ of: of ?? 'run-1', page: '/state/report.html' });

  it('print the path of the page alone, where nobody sits at a desktop', async () => {
    const { exitCode, out, err } = await cli(['report', 'r3'], { cwd: dir, towpath: { report } });
    expect([exitCode, out.text, err.text]).toEqual([0, '/state/report.html\n', '']);
    const curves = () => Promise.resolve({ of: 'run-1', page: '/state/curves.html' });
    expect((await cli(['curves', '--json'], { cwd: dir, towpath: { curves } })).out.text).toContain(
      '"page": "/state/curves.html"',
    );
  });

  it('have a browser on a desktop only, and go on without one', async () => {
    const at = (env: Record<string, string>, isTerminal = true) => ({
      out: Object.assign(new CapturedOutput(), { isTerminal }),
      env,
    });
    expect(browserFor(at({ DISPLAY: ':0' }), 'linux')).toBe('xdg-open');
    expect(browserFor(at({}), 'darwin')).toBe('open');
    expect(browserFor(at({}), 'win32')).toBe('explorer.exe');
    for (const none of [at({}), at({ DISPLAY: ':0' }, false), at({ DISPLAY: ':0', CI: 'true' })])
      expect(browserFor(none, 'linux')).toBeUndefined();
    expect(await openPage(join(dir, 'no-such-program'), '/x.html')).toBe(false);
  });
});

describe('outside any project', () => {
  const status = () => Promise.resolve({ dir: '/somewhere' });

  async function project(path: string, used = true): Promise<string> {
    await mkdir(join(dir, path, used ? '.towpath' : '.'), { recursive: true });
    await writeFile(join(dir, path, 'towpath.yaml'), toyFile);
    return join(dir, path);
  }

  beforeEach(() => rm(join(dir, 'towpath.yaml')));

  it('a command takes the project below that was worked with, and says which', async () => {
    await project('examples/handbook');
    await project('examples/other', false);
    await project('node_modules/x/examples/y');
    const opened: string[] = [];
    const { exitCode, err } = await cli(['status'], { cwd: dir, towpath: { status }, opened });
    expect(exitCode).toBe(0);
    expect(opened).toEqual([join(dir, 'examples/handbook')]);
    expect(err.text).toBe('project examples/handbook: the one in use below this folder\n');
    const json = await cli(['status', '--json'], { cwd: dir, towpath: { status } });
    expect(JSON.parse(json.out.text)).toEqual({ dir: '/somewhere' });
    expect(json.err.text).toBe('');
    expect((await cli(['validate'], { cwd: dir })).out.text).toContain('examples/handbook');
  });

  it('lists several with the exact commands, and takes the one that is being served', async () => {
    await project('a b');
    const served = await project('examples/deep/c');
    const several = await cli(['release', 'show', 'r1'], { cwd: dir, towpath: { status } });
    expect(several.exitCode).toBe(2);
    expect(several.err.text).toContain('error TOW_PROJECT_SEVERAL');
    expect(several.err.text).toContain("`towpath --project 'a b' release show r1`");
    expect(several.err.text).toContain('`towpath --project examples/deep/c release show r1`');
    const record = { pid: process.pid, url: 'http://127.0.0.1:1', port: 1, started: '', replicas: [] };
    const claim = await claimService(join(served, '.towpath/run/up.json'), record);
    const opened: string[] = [];
    await cli(['status'], { cwd: dir, towpath: { status }, opened });
    expect(opened).toEqual([served]);
    await claim.release();
  });

  it('says that there is none where none was worked with', async () => {
    await project('examples/handbook', false);
    expect((await cli(['status'], { cwd: dir })).err.text).toContain('TOW_PROJECT_NOT_FOUND');
  });
});

describe('a command that leads to others', () => {
  it('given alone, names them', async () => {
    for (const [args, names] of [
      [['release'], '`towpath release` lacks a command: show'],
      [['--no-color', 'release'], '`towpath release` lacks a command: show'],
      [['--no-color'], '`towpath` lacks a command: init, validate, '],
    ] as const) {
      const { exitCode, out, err } = await cli(args, { cwd: '/' });
      expect(exitCode).toBe(2);
      expect(out.text).toBe('');
      expect(err.text).toContain(`error TOW_CLI_USAGE: ${names}`);
    }
  });
});

describe('a mistake in a command line', () => {
  it.each([
    [['release', 'show'], 'for example `towpath release show r3`; see `towpath release show --help`'],
    [['--project', 'logs', 'lineage'], 'for example `towpath lineage r3`; see `towpath lineage --help`'],
    [['logs', '--fast'], 'see `towpath logs --help`'],
    [['--json', 'run', 'show', 'a', 'b', '--no-color'], 'see `towpath run show --help`'],
  ])('%j is told where the command is explained', async (args, hint) => {
    const { exitCode, out, err } = await cli(args, { cwd: '/' });
    expect(exitCode).toBe(2);
    expect(out.text + err.text).toContain(hint);
  });

  it('is none where the newest run is meant', async () => {
    const asked: string[] = [];
    const towpath = {
      logs: (run: string) => {
        asked.push(run);
        return (async function* () {})();
      },
      runDetail: (run: string) => {
        asked.push(run);
        return Promise.resolve({ ...record, plan: [] });
      },
    };
    for (const args of [['logs'], ['run', 'show']])
      expect((await cli(args, { cwd: dir, towpath })).exitCode).toBe(0);
    expect(asked).toEqual(['last', 'last']);
  });
});

describe('towpath run', () => {
  it('prints events as lines of JSON, and only those', async () => {
    const run = ({ observer }: RunOptions) => {
      observer({ event: 'run-started', run: 'run-1', steps: ['a'] });
      observer({ event: 'run-finished', run: 'run-1', outcome: 'done', ms: 5 });
      return Promise.resolve(record);
    };
    const { exitCode, out } = await cli(['run', '--json'], { cwd: dir, towpath: { run } });
    expect(exitCode).toBe(0);
    expect(out.lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'run-started',
      'run-finished',
    ]);
  });

  it('passes --from-scratch on, and exits with 130 when it was cancelled', async () => {
    const seen: RunOptions[] = [];
    const run = (options: RunOptions): Promise<RunRecord> => {
      seen.push(options);
      return Promise.resolve({ ...record, state: 'cancelled' });
    };
    expect((await cli(['run', '--from-scratch'], { cwd: dir, towpath: { run } })).exitCode).toBe(130);
    expect(seen[0]?.fromScratch).toBe(true);
  });

  it('exits with 3 when a gate failed', async () => {
    const failed = verbatim('answer.f1 is 0.31, below 0.4');
    const run = () => Promise.reject(new TowpathError('TOW_EVALUATE_GATE_FAILED', failed));
    expect((await cli(['run'], { cwd: dir, towpath: { run } })).exitCode).toBe(3);
  });

  it('closes the project whatever happens', async () => {
    let closed = 0;
    const towpath = {
      run: () => Promise.reject(new Error('x')),
      close: () => {
        closed += 1;
        return Promise.resolve();
      },
    };
    await cli(['run'], { cwd: dir, towpath });
    expect(closed).toBe(1);
  });
});

describe('towpath up', () => {
  it('exits with 0 when Ctrl-C stops a service that was up, and with 130 before', async () => {
    const stopped = AbortSignal.abort(new Error('interrupted'));
    const up = ({ observer }: { observer: RunOptions['observer'] }) => {
      observer({ event: 'serving', url: 'http://127.0.0.1:7411', release: 'r1' });
      return Promise.resolve();
    };
    expect((await cli(['up'], { cwd: dir, towpath: { up }, signal: stopped })).exitCode).toBe(0);
    expect(
      (await cli(['up'], { cwd: dir, towpath: { up: () => Promise.resolve() }, signal: stopped })).exitCode,
    ).toBe(130);
  });

  it('takes the ports that serve.port takes, 0 for any that is free', async () => {
    const asked: (number | undefined)[] = [];
    const up = ({ port }: UpOptions) => {
      asked.push(port);
      return Promise.resolve();
    };
    for (const port of ['0', '65535']) await cli(['up', '--port', port], { cwd: dir, towpath: { up } });
    expect(asked).toEqual([0, 65_535]);
  });

  it('refuses a port that is none', async () => {
    for (const port of ['-1', '65536', 'x', '1.5']) {
      expect((await cli(['up', '--port', port], { cwd: dir })).exitCode).toBe(2);
    }
  });
});

describe('tables', () => {
  it('align by display width', async () => {
    const runs = () => Promise.resolve([record, { ...record, id: 'run-22', release: '版本' }]);
    const { out } = await cli(['runs'], { cwd: dir, towpath: { runs } });
    expect(out.lines.map((line) => line.replace(/\d{4}-\S+ \S+/, 'TIME'))).toEqual([
      expect.stringMatching(/^RUN {5}STATE {2}STARTED/),
      'run-1   done   TIME  1.5 s    2/2       1  r1',
      'run-22  done   TIME  1.5 s    2/2       1  版本',
    ]);
  });

  it('show lineage as trees, each part opened once', async () => {
    const [a, b] = [asDigest('a'.repeat(64)), asDigest('b'.repeat(64))];
    const lineage = () =>
      Promise.resolve({
        subject: b,
        nodes: [
          { id: 'docs/中文.md', kind: 'source' as const, label: 'docs/中文.md' },
          { id: a, kind: 'artifact' as const, label: 'dataset', step: 'prepare' },
          { id: b, kind: 'artifact' as const, label: 'index', step: 'index' },
          { id: 'r1', kind: 'release' as const, label: 'r1' },
        ],
        edges: [
          { from: 'docs/中文.md', to: a },
          { from: a, to: b },
          { from: b, to: 'r1' },
        ],
      });
    const { out } = await cli(['lineage', 'bbb'], { cwd: dir, towpath: { lineage } });
    expect(out.lines).toEqual([
      'index bbbbbbbbbbbb · index',
      '',
      'made from',
      '  └─ dataset aaaaaaaaaaaa · prepare',
      '     └─ docs/中文.md',
      '',
      'went into',
      '  └─ r1',
    ]);
  });
});

describe('help', () => {
  it('of every command has a description and examples', async () => {
    const { out } = await cli(['--help']);
    const names = [...out.text.matchAll(/^ {2}([a-z]+) .*\S/gm)]
      .map((match) => match[1] ?? '')
      .filter((n) => n !== 'towpath');
    expect(names).toEqual(
      expect.arrayContaining(['init', 'validate', 'up', 'run', 'serve', 'ask', 'status', 'runs']),
    );
    for (const name of names) {
      const { exitCode, out: help } = await cli([name, '--help']);
      expect(exitCode).toBe(0);
      expect(help.text, name).toContain('Examples:\n  $ towpath');
    }
  });

  it('lists the exit codes', async () => {
    expect((await cli(['help', 'exit-codes'])).out.text).toContain('130  interrupted');
  });
});
