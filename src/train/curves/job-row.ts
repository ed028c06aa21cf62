import { formatDuration } from '../../core/units.ts';
import { formatCount, formatEnergy, formatFigure } from './figure.ts';
import type { JobHistory } from './history.ts';

/** Columns of the table of jobs; all but the first are figures. */
export const jobColumns = [
  'job',
  'steps',
  'training loss, last 5%',
  'best validation loss',
  'parameters',
  'tokens',
  'tokens/s',
  'time',
  'waiting for data',
  'energy',
  'where',
] as const;

/** What a job has come to, a cell for each column after its name. */
export function jobCells({ summary, finalLoss }: JobHistory): string[] {
  const { steps, stopped, best, parameters, tokens, seconds, device, precision } = summary;
  const { all, trainable } = parameters;
  return [
    `${formatFigure(steps)}${stopped === 'early' ? ', stopped early' : ''}`,
    formatFigure(finalLoss),
    best === null ? '–' : `${formatFigure(best.validation_loss)} at ${formatFigure(best.step)}`,
    trainable === all ? formatCount(all) : `${formatCount(trainable)} of ${formatCount(all)}`,
    formatCount(tokens),
    formatFigure(tokens / Math.max(seconds, 1e-3)),
    formatDuration(seconds * 1000),
    `${((100 * summary.waited_seconds) / Math.max(seconds, 1e-3)).toFixed(1)}%`,
    formatEnergy(summary.energy_joules),
    `${device}, ${precision}`,
  ];
}
