import { describe, expect, it } from 'vitest';
import { progressRecord } from '../../contract/progress.ts';
import { PipOutput } from './pip-output.ts';

/** What it makes of a line, as it is shown. */
function shown(output: PipOutput, line: string) {
  const read = output.read(line);
  return read && progressRecord(read);
}

describe('what pip prints', () => {
  it('becomes the package it is at, of those that the list names', () => {
    const output = new PipOutput(2);
    const note = 'installing idna==3.20 (package 1 of 2)';
    expect(shown(output, 'Collecting idna==3.20')).toMatchObject({ done: 0, total: 2, unit: 'files', note });
    expect(shown(output, 'Processing /wheels/torch-2.13.0+cpu-cp311-cp311-linux_x86_64.whl')).toMatchObject({
      done: 1,
      total: 2,
      note: 'installing torch 2.13.0+cpu (package 2 of 2)',
    });
    expect(shown(output, 'Collecting nvidia-cudnn')).toMatchObject({
      done: 2,
      total: 3,
      note: 'installing nvidia-cudnn (package 3)',
    });
  });

  it('becomes bytes of the file that comes, as pip counts them', () => {
    const output = new PipOutput(1);
    output.read('Collecting numpy==2.4.6');
    expect(output.read('Progress 65536 of 16600000')).toMatchObject({
      done: 65536,
      total: 16_600_000,
      unit: 'bytes',
    });
  });

  it('becomes bytes on the disk of the size that pip names, where pip does not count', () => {
    const output = new PipOutput(1);
    expect(output.downloaded(10)).toBeUndefined();
    output.read('Collecting numpy==2.4.6');
    expect(
      output.read('  Downloading numpy-2.4.6-cp311-cp311-manylinux_2_27_x86_64.whl (16.6 MB)'),
    ).toMatchObject({ done: 0, total: 16_600_000, unit: 'bytes' });
    expect(output.downloaded(8_300_000)).toMatchObject({ done: 8_300_000, total: 16_600_000 });
    // The size is rounded: it is never more than all.
    expect(output.downloaded(16_700_000)).toMatchObject({ done: 16_600_000, total: 16_600_000 });
    output.read('Collecting idna==3.20');
    expect(output.downloaded(10)).toBeUndefined();
  });

  it('becomes packages in place once all are there', () => {
    const output = new PipOutput(3);
    expect(output.unpacking).toBe(false);
    expect(shown(output, 'Installing collected packages: idna, numpy, torch')).toMatchObject({
      done: 0,
      total: 3,
      note: 'unpacking packages',
    });
    expect(output.unpacking).toBe(true);
    expect(output.unpacked(2)).toMatchObject({ done: 2, total: 3 });
  });

  it('is otherwise only logged', () => {
    for (const line of ['', 'Progress x of y', 'Requirement already satisfied: pip', 'Downloading nothing'])
      expect(new PipOutput(1).read(line)).toBeUndefined();
  });
});
