import type { RunDetail, RunRecord, StepRecord } from '../../app/towpath.ts';
import { shortDigest } from '../../core/digest.ts';
import { formatDuration } from '../../core/units.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { padEnd, printable } from '../output/width.ts';
import { localTime } from '../output/words.ts';
import { curveLines } from './curve-lines.ts';

/** A state in its colour. */
export function stateText(state: RunRecord['state'] | StepRecord['state'], style: Style): string {
  switch (state) {
    case 'done':
      return style.green(state);
    case 'failed':
    case 'interrupted':
      return style.red(state);
    case 'running':
      return style.cyan(state);
    case 'cancelled':
      return style.yellow(state);
    default:
      return style.dim(state);
  }
}

export function runDetailLines(run: RunDetail, style: Style, width: number): string[] {
  const fact = (name: string, value: string) => `${style.dim(padEnd(name, 8))} ${value}`;
  return [
    fact('run', style.bold(run.id)),
    fact('state', stateText(run.state, style)),
    ...(run.elsewhere === undefined ? [] : [fact('on', printable(run.elsewhere))]),
    fact('started', localTime(run.started)),
    ...(run.ms === undefined ? [] : [fact('took', formatDuration(run.ms))]),
    ...(run.release === undefined ? [] : [fact('release', run.release)]),
    ...(run.error ? [fact('error', `${style.red(run.error.code)}: ${printable(run.error.message)}`)] : []),
    '',
    ...table<StepRecord>(
      [
        { header: 'STEP', cell: ({ name }) => printable(name) },
        { header: 'STATE', cell: ({ state }) => stateText(state, style) },
        { header: 'TOOK', align: 'right', cell: ({ ms }) => (ms === undefined ? '' : formatDuration(ms)) },
        { header: 'OUTPUT', cell: outputText },
        {
          header: 'WHY',
          flexible: true,
          cell: (step) => printable(step.error?.message ?? step.reason ?? ''),
        },
      ],
      run.plan,
      style,
      width,
    ),
    ...curveLines(run.plan, style),
  ];
}

function outputText({ outputs }: StepRecord): string {
  return Object.entries(outputs)
    .map(([name, digest]) => `${name} ${shortDigest(digest)}`)
    .join(', ');
}
