import type { Words } from '../../core/messages/message.ts';
import { formatDuration } from '../../core/units.ts';
import { formatCount, formatEnergy, formatFigure } from './figure.ts';
import type { JobHistory } from './history.ts';

/** Columns of the table of jobs; all but the first are figures. */
export const jobColumns = [
  'curves.column-job',
  'curves.column-steps',
  'curves.column-loss',
  'curves.column-best',
  'curves.column-parameters',
  'curves.column-tokens',
  'curves.column-speed',
  'curves.column-time',
  'curves.column-waiting',
  'curves.column-energy',
  'curves.column-where',
] as const;

/** What a job has come to, a cell for each column after its name. */
export function jobCells({ summary, finalLoss }: JobHistory, words: Words): string[] {
  const { steps, stopped, best, parameters, tokens, seconds, device, precision } = summary;
  const { all, trainable } = parameters;
  return [
    stopped === 'early' ? words('curves.stopped-early', { steps: formatFigure(steps) }) : formatFigure(steps),
    formatFigure(finalLoss),
    best === null
      ? '–'
      : words('curves.best-at', { loss: formatFigure(best.validation_loss), step: formatFigure(best.step) }),
    trainable === all
      ? formatCount(all)
      : words('curves.part-of', { part: formatCount(trainable), all: formatCount(all) }),
    formatCount(tokens),
    formatFigure(tokens / Math.max(seconds, 1e-3)),
    formatDuration(seconds * 1000),
    `${((100 * summary.waited_seconds) / Math.max(seconds, 1e-3)).toFixed(1)}%`,
    formatEnergy(summary.energy_joules),
    `${device}, ${precision}`,
  ];
}
