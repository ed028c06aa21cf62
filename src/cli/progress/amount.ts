import { render } from '../../core/messages/message.ts';
import type { Progress } from '../../core/progress.ts';
import { formatBytes, formatDuration } from '../../core/units.ts';
import { counted, number } from '../output/words.ts';
import type { RateMeter } from './rate.ts';

/** `12.4 MiB / 96.2 MiB`, `412 / 900 passages`, `412 passages`. */
function formatAmount({ done, total, unit }: Progress): string {
  if (unit === 'bytes')
    return total === undefined ? formatBytes(done) : `${formatBytes(done)} / ${formatBytes(total)}`;
  return total === undefined ? counted(done, unit) : `${number(done)} / ${counted(total, unit)}`;
}

/** `3.1 MiB/s`, `210/s`. */
function formatRate(perSecond: number, unit: Progress['unit']): string {
  return unit === 'bytes' ? `${formatBytes(perSecond)}/s` : `${number(perSecond)}/s`;
}

/** The parts of a progress line after its name: amount, rate, time left, note; unknown ones left out. */
export function progressParts(progress: Progress, meter: RateMeter, now: number): string[] {
  const rate = meter.perSecond(now);
  const left = meter.left(progress, now);
  return [
    formatAmount(progress),
    ...(rate === undefined ? [] : [formatRate(rate, progress.unit)]),
    ...(left === undefined ? [] : [`${formatDuration(left)} left`]),
    ...(progress.note === undefined ? [] : [render(progress.note, 'en')]),
  ];
}
