import type { ProgressRecord } from '../../contract/progress.ts';
import { duration } from '../../core/messages/duration.ts';
import type { Words } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import { number } from '../output/words.ts';
import type { RateMeter } from './rate.ts';

/** `12.4 MiB / 96.2 MiB`, `412 / 900 passages`, `412 passages`. */
function formatAmount({ done, total, unit }: ProgressRecord, words: Words): string {
  if (unit === 'bytes')
    return total === undefined ? formatBytes(done) : `${formatBytes(done)} / ${formatBytes(total)}`;
  const counted = (n: number) => words(unit === 'steps' ? 'unit.training-steps' : `unit.${unit}`, { n });
  return total === undefined ? counted(done) : `${number(done)} / ${counted(total)}`;
}

/** `3.1 MiB/s`, `210/s`. */
function formatRate(perSecond: number, unit: ProgressRecord['unit'], words: Words): string {
  return words('event.rate', { amount: unit === 'bytes' ? formatBytes(perSecond) : number(perSecond) });
}

/** The parts of a progress line after its name: amount, rate, time left, note; unknown ones left out. */
export function progressParts(
  progress: ProgressRecord,
  meter: RateMeter,
  now: number,
  words: Words,
): string[] {
  const rate = meter.perSecond(now);
  const left = meter.left(progress, now);
  return [
    formatAmount(progress, words),
    ...(rate === undefined ? [] : [formatRate(rate, progress.unit, words)]),
    ...(left === undefined ? [] : [words('event.time-left', { time: duration(left) })]),
    ...(progress.note === undefined ? [] : [words.text(progress.noteText ?? progress.note)]),
  ];
}
