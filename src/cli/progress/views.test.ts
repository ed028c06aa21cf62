import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { TowpathEvent } from '../../app/events.ts';
import { wordsIn } from '../../core/messages/message.ts';
import { invalidProject } from '../../project/problem.ts';
import { chooseStyle } from '../output/style.ts';
import { displayWidth } from '../output/width.ts';
import { CapturedOutput } from '../testing/capture.ts';
import { LineView } from './line-view.ts';
import { LiveView } from './live-view.ts';

const style = chooseStyle({ wanted: false, env: {}, isTerminal: false });
const words = wordsIn('en');
const run = 'run-1';

function clockAt() {
  let ms = 0;
  return { clock: { now: () => ms, monotonic: () => ms }, pass: (by: number) => void (ms += by) };
}

const progress = (step: string, done: number, total = 1000): TowpathEvent => ({
  event: 'step-progress',
  run,
  step,
  progress: { done, total, unit: 'rows', note: '正在读取 docs/中文手册.md' },
});

describe('the quiet view', () => {
  it('prints a line when a step starts and ends, and at most one in ten seconds between', () => {
    const out = new CapturedOutput();
    const { clock, pass } = clockAt();
    const view = new LineView({ out, style, words, clock });
    view.show({ event: 'run-started', run, steps: ['ingest', 'prepare'] });
    view.show({ event: 'step-finished', run, step: 'ingest', outcome: 'cached', ms: 0 });
    view.show({ event: 'step-started', run, step: 'prepare', reason: 'parameter mask changed' });
    for (let second = 0; second < 25; second++) {
      view.show(progress('prepare', second * 10));
      pass(1000);
      view.tick();
    }
    view.show({
      event: 'step-finished',
      run,
      step: 'prepare',
      outcome: 'done',
      ms: 25_000,
      facts: { documents: 42 },
    });
    view.end();
    expect(out.lines).toEqual([
      'run run-1 · 2 steps',
      '✓ ingest cached',
      '  prepare started (parameter mask changed)',
      '  prepare 90 / 1,000 rows · 9/s · 1 min 54 s left · 正在读取 docs/中文手册.md',
      expect.stringMatching(/^ {2}prepare 190 \/ 1,000 rows/),
      '✓ prepare done · 25.0 s · documents 42',
    ]);
  });
});

describe('what was left out', () => {
  const facts = {
    documents: 42,
    rejected: { TOW_DATA_LANGUAGE: 1, TOW_DATA_TOO_SHORT: 0 },
    masked: { email: 1200, ip: 0 },
  };

  it.each(['done', 'cached'] as const)(
    'is told with the command that lists it, of a step that is %s',
    (outcome) => {
      const out = new CapturedOutput();
      const view = new LineView({ out, style, words, clock: clockAt().clock });
      view.show({ event: 'step-finished', run, step: 'prepare', outcome, ms: 5, facts });
      view.show({
        event: 'step-finished',
        run,
        step: 'index',
        outcome,
        ms: 5,
        facts: { rejected: {}, masked: { ip: 0 } },
      });
      view.end();
      const [prepare, index] = out.lines;
      expect(prepare).toMatch(/ · rejected 1 · masked email 1,200 · see `towpath rejects`$/);
      expect(index).not.toContain('rejects');
    },
  );
});

describe('a run that failed', () => {
  const gate = {
    code: 'TOW_EVALUATE_GATE_FAILED',
    kind: 'gate',
    message: 'a gate failed\n  f1: low',
  } as const;
  const disk = { code: 'TOW_STORE_DISK_FULL', kind: 'environment', message: 'the disk is full' } as const;
  const failed = (step: string, error: typeof gate | typeof disk): TowpathEvent => ({
    ...{ event: 'step-finished', run, step, outcome: 'failed', ms: 20, error },
  });
  const ended: TowpathEvent = { event: 'run-finished', run, outcome: 'failed', ms: 20, error: gate };

  const shown = (events: readonly TowpathEvent[]): string => {
    const out = new CapturedOutput();
    const view = new LineView({ out, style, words, clock: clockAt().clock });
    for (const event of events) view.show(event);
    view.end();
    return out.text;
  };

  it('has its reason left to the error that the command ends with', () => {
    const text = shown([{ event: 'run-started', run, steps: ['gate'] }, failed('gate', gate), ended]);
    expect(text).toContain('✖ gate failed · 20 ms · TOW_EVALUATE_GATE_FAILED\n');
    expect(text).toContain('✖ run failed after 20 ms: TOW_EVALUATE_GATE_FAILED\n');
    expect(text).not.toContain('f1: low');
  });

  it('has its reason told once where a service goes on', () => {
    const text = shown([failed('gate', gate), ended, { event: 'trouble', error: gate }]);
    expect(text.split('f1: low')).toHaveLength(2);
    expect(text).toContain('✖ serving on after TOW_EVALUATE_GATE_FAILED: a gate failed\n  f1: low\n');
  });

  it('lists the problems of a project file that broke, with their places and what to do', () => {
    const problem = { length: 1, field: 'sources[0].files[0]', excerpt: '    files: ["gone/*.md"]' };
    const problems = [{ ...problem, line: 4, column: 13, message: 'matches no file' }];
    const broken = invalidProject('towpath.yaml', problems, '/srv/demo').toRecord();
    const text = shown([{ event: 'trouble', error: broken }]);
    expect(text).toContain('✖ serving on after TOW_PROJECT_INVALID: towpath.yaml has 1 problem\n');
    expect(text).toContain('towpath.yaml:4:13 sources[0].files[0]: matches no file');
    expect(text).toContain('   4 |     files: ["gone/*.md"]');
    expect(text).toContain('fix: Correct the places listed, then check with `towpath validate`.');
  });

  it('tells what else failed in it, and nothing of the run before', () => {
    const twice = shown([failed('index', disk), failed('gate', gate), ended]);
    expect(twice.split('the disk is full')).toHaveLength(2);
    expect(twice).toContain('  index failed too: TOW_STORE_DISK_FULL: the disk is full');
    const next = shown([failed('index', disk), { event: 'run-started', run, steps: ['gate'] }, ended]);
    expect(next).not.toContain('failed too');
  });

  it('says what mends the trouble that a service goes on with, and when a run is tried again', () => {
    const error = {
      ...({ code: 'TOW_STORE_DISK_FULL', kind: 'environment' } as const),
      ...{ message: 'the disk is full', hint: 'free some space' },
    };
    expect(shown([{ event: 'trouble', error, retryIn: 4000 }])).toBe(
      '✖ serving on after TOW_STORE_DISK_FULL: the disk is full · running again in 4.0 s\n  fix: free some space\n',
    );
  });
});

describe('the live view', () => {
  it('breaks no word at 60 columns: lasting lines are folded, parts that do not fit left out', () => {
    const out = new CapturedOutput();
    out.isTerminal = true;
    out.columns = 60;
    const { clock, pass } = clockAt();
    const view = new LiveView({ out, style, words, clock });
    const message = 'source "docs" matches no file: docs/**/*.markdown, docs/**/*.html and manuals/**/*.txt';
    view.show({ event: 'trouble', error: { code: 'TOW_DATA_NO_FILES', kind: 'user', message } });
    view.show({ event: 'run-started', run, steps: ['prepare'] });
    view.show({ event: 'step-started', run, step: 'prepare' });
    for (let second = 0; second < 8; second++) {
      view.show({
        ...{ event: 'step-progress', run, step: 'prepare' },
        progress: {
          done: second * 9,
          total: 999,
          unit: 'documents',
          note: 'reading docs/en/troubleshooting.md',
        },
      });
      pass(1000);
      view.draw();
    }
    view.end();
    const lines = stripVTControlCharacters(out.text).split('\n');
    for (const line of lines) {
      expect(displayWidth(line)).toBeLessThanOrEqual(60);
      expect(line).not.toContain('…');
    }
    const trouble = lines.slice(0, 3).join(' ');
    for (const word of message.split(' ')) expect(trouble.split(/ +/)).toContain(word);
  });

  it('keeps every line inside the terminal, wide characters counted, and redraws in place', () => {
    const out = new CapturedOutput();
    out.isTerminal = true;
    const { clock, pass } = clockAt();
    const view = new LiveView({ out, style, words, clock });
    view.show({ event: 'run-started', run, steps: ['prepare', 'index'] });
    view.show({ event: 'step-started', run, step: 'prepare' });
    for (const columns of [100, 60, 40, 20]) {
      out.columns = columns;
      pass(1000);
      view.show(progress('prepare', columns));
      out.text = '';
      view.draw();
      for (const line of out.lines) expect(displayWidth(line)).toBeLessThan(columns);
    }
    out.text = '';
    view.draw();
    expect(out.text.split('\u001b[1A\u001b[2K').length - 1).toBe(2);
    view.end();
    expect(out.text.endsWith('\u001b[?25h')).toBe(true);
  });

  it('says that it gets ready while nothing has begun, and after a change', () => {
    const out = new CapturedOutput();
    const { clock, pass } = clockAt();
    const view = new LiveView({ out, style, words, clock });
    const drawn = (ms: number) => {
      out.text = '';
      pass(ms);
      view.draw();
      return stripVTControlCharacters(out.text);
    };
    expect(drawn(500)).toBe('');
    expect(drawn(2000)).toContain('getting ready 2.5 s');
    view.show({ event: 'run-started', run, steps: ['prepare'] });
    expect(drawn(2000)).not.toContain('getting ready');
    view.show({ event: 'changed', paths: ['docs/a.md'], count: 1 });
    expect(drawn(3000)).toContain('getting ready 3.0 s');
    view.end();
  });

  it('leaves one line for a finished step', () => {
    const out = new CapturedOutput();
    const view = new LiveView({ out, style, words, clock: clockAt().clock });
    view.show({ event: 'run-started', run, steps: ['prepare'] });
    view.show({ event: 'step-started', run, step: 'prepare' });
    out.text = '';
    view.show({ event: 'step-finished', run, step: 'prepare', outcome: 'done', ms: 1200 });
    view.end();
    expect(stripVTControlCharacters(out.text)).toContain('✓ prepare done · 1.2 s\n  1 of 1 steps\n');
  });
});
