import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { say, wordsIn } from '../../core/messages/message.ts';
import { chooseStyle } from '../output/style.ts';
import { CapturedOutput } from '../testing/capture.ts';
import { whileWaiting } from './wait.ts';

const style = chooseStyle({ wanted: false, env: {}, isTerminal: false });
const words = wordsIn('en');
const text = say('show.waiting.rollback');

/** A clock that is 700 ms on each time it is read. */
function fastClock() {
  let ms = 0;
  return { now: () => ms, monotonic: () => (ms += 700) };
}

describe('a wait', () => {
  it('is shown on a terminal after a second, and gone at its end, also when it fails', async () => {
    for (const fails of [false, true]) {
      const err = Object.assign(new CapturedOutput(), { isTerminal: true, columns: 40 });
      const work = async () => {
        while (!err.text.includes('2.')) await sleep(20);
        if (fails) throw new Error('no');
        return 1;
      };
      const wait = whileWaiting(text, { err, style, words, clock: fastClock() }, work);
      await (fails ? expect(wait).rejects.toThrow('no') : expect(wait).resolves.toBe(1));
      expect(err.text).toMatch(/^\r\u001b\[2Krolling back · 1\.4 s/);
      expect(err.text.endsWith('\r\u001b[2K')).toBe(true);
    }
  });

  it('is gone before the first thing that is printed, and does not come back', async () => {
    const err = Object.assign(new CapturedOutput(), { isTerminal: true, columns: 40 });
    await whileWaiting(text, { err, style, words, clock: fastClock() }, async (come) => {
      while (err.text === '') await sleep(20);
      come();
      err.write('first');
      await sleep(500);
    });
    expect(err.text.endsWith('\r\u001b[2Kfirst')).toBe(true);
  });

  it('is not shown where nobody looks', async () => {
    const err = new CapturedOutput();
    await whileWaiting(text, { err, style, words, clock: fastClock() }, () => sleep(500));
    expect(err.text).toBe('');
  });
});
