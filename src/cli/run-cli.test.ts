import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RunOptions, RunRecord } from '../app/towpath.ts';
import { asDigest } from '../core/digest.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { toyFile } from '../project/testing/toy-sections.ts';
import { cli } from './testing/capture.ts';

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
        run: async () => {
          throw new TowpathError('TOW_PROJECT_NOT_WRITABLE', 'it cannot be', {
            where: 'x:1',
            cause: new Error('EACCES'),
          });
        },
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
      expect(JSON.parse(out.text)).toMatchObject({ error: { kind: 'user', message: expect.any(String) } });
      expect(err.text).toBe('');
    }
  });

  it('without a code are our fault and show their stack', async () => {
    const status = async () => {
      throw new TypeError('oops');
    };
    const { exitCode, err } = await cli(['status'], { cwd: dir, towpath: { status } });
    expect(exitCode).toBe(1);
    expect(err.text).toMatch(/error TOW_APP_INTERNAL: oops[\s\S]+at Object.status/);
  });

  it('cannot steer the terminal', async () => {
    const status = async () => {
      throw new TowpathError('TOW_PROJECT_INVALID', 'bad \u001b[2J\u001b]0;title\u0007name');
    };
    expect((await cli(['status'], { cwd: dir, towpath: { status } })).err.text).not.toContain('\u001b');
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

describe('towpath run', () => {
  it('prints events as lines of JSON, and only those', async () => {
    const run = async ({ observer }: RunOptions) => {
      observer({ event: 'run-started', run: 'run-1', steps: ['a'] });
      observer({ event: 'run-finished', run: 'run-1', outcome: 'done', ms: 5 });
      return record;
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
    const run = async (options: RunOptions): Promise<RunRecord> => {
      seen.push(options);
      return { ...record, state: 'cancelled' };
    };
    expect((await cli(['run', '--from-scratch'], { cwd: dir, towpath: { run } })).exitCode).toBe(130);
    expect(seen[0]?.fromScratch).toBe(true);
  });

  it('exits with 3 when a gate failed', async () => {
    const run = async () => {
      throw new TowpathError('TOW_EVALUATE_GATE_FAILED', 'answer.f1 is 0.31, below 0.4');
    };
    expect((await cli(['run'], { cwd: dir, towpath: { run } })).exitCode).toBe(3);
  });

  it('closes the project whatever happens', async () => {
    let closed = 0;
    const towpath = {
      run: async () => {
        throw new Error('x');
      },
      close: async () => void (closed += 1),
    };
    await cli(['run'], { cwd: dir, towpath });
    expect(closed).toBe(1);
  });
});

describe('towpath up', () => {
  it('exits with 0 when Ctrl-C stops a service that was up, and with 130 before', async () => {
    const stopped = AbortSignal.abort(new Error('interrupted'));
    const up = async ({ observer }: { observer: RunOptions['observer'] }) =>
      observer({ event: 'serving', url: 'http://127.0.0.1:7411', release: 'r1' });
    expect((await cli(['up'], { cwd: dir, towpath: { up }, signal: stopped })).exitCode).toBe(0);
    expect(
      (await cli(['up'], { cwd: dir, towpath: { up: async () => undefined }, signal: stopped })).exitCode,
    ).toBe(130);
  });

  it('refuses a port that is none', async () => {
    for (const port of ['0', '65536', 'x', '1.5']) {
      expect((await cli(['up', '--port', port], { cwd: dir })).exitCode).toBe(2);
    }
  });
});

describe('tables', () => {
  it('align by display width', async () => {
    const runs = async () => [record, { ...record, id: 'run-22', release: '版本' }];
    const { out } = await cli(['runs'], { cwd: dir, towpath: { runs } });
    expect(out.lines.map((line) => line.replace(/\d{4}-\S+ \S+/, 'TIME'))).toEqual([
      expect.stringMatching(/^RUN {5}STATE {2}STARTED/),
      'run-1   done   TIME  1.5 s    2/2       1  r1',
      'run-22  done   TIME  1.5 s    2/2       1  版本',
    ]);
  });

  it('show lineage as trees, each part opened once', async () => {
    const [a, b] = [asDigest('a'.repeat(64)), asDigest('b'.repeat(64))];
    const lineage = async () => ({
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
