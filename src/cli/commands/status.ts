import { Command } from 'commander';
import type { ReplicaRecord, StatusRecord } from '../../app/towpath.ts';
import { exitCodes } from '../../core/errors/code.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { formatDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import { elsewhereAdvice } from '../output/elsewhere.ts';
import { renderError } from '../output/error.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { padEnd, printable } from '../output/width.ts';
import { localTime } from '../output/words.ts';
import { examples } from './examples.ts';
import { figuresText } from './release-detail.ts';
import { stateText } from './run-detail.ts';

export function statusCommand(context: Context): Command {
  return new Command('status')
    .description('show the live release, the running service and the last run')
    .addHelpText(
      'after',
      examples(
        ['towpath status', 'what is live, and where'],
        ['towpath status --json | jq -r .service.url', 'for scripts'],
      ),
    )
    .action(async () => {
      const status = await context.withTowpath((towpath) => towpath.status(), 'reading the records');
      if (status.problems !== undefined) context.exitCode = exitCodes.environment;
      context.printRecord(status, () => statusLines(status, context));
    });
}

function statusLines(
  { dir, live, service, lastRun, elsewhere = [], problems = [] }: StatusRecord,
  { style, language, io }: Context,
): string[] {
  const width = io.out.columns;
  const fact = (name: string, value: string) => `${style.dim(padEnd(name, 8))} ${value}`;
  const lines = [fact('project', printable(dir))];
  lines.push(
    fact(
      'live',
      live
        ? `${style.bold(live.name)} ${style.dim(`made ${localTime(live.created)}`)}`
        : 'no release yet: `towpath run` makes one',
    ),
  );
  if (live && Object.keys(live.figures).length > 0)
    lines.push(fact('', style.dim(figuresText(live.figures))));
  lines.push(
    fact(
      'service',
      service
        ? `${style.green('●')} ${style.cyan(service.url)} ${style.dim(`pid ${service.pid}, up since ${localTime(service.started)}`)}`
        : 'not running: `towpath up` starts it',
    ),
  );
  if (lastRun) {
    const took = lastRun.ms === undefined ? '' : ` in ${formatDuration(lastRun.ms)}`;
    lines.push(
      fact(
        'last run',
        `${lastRun.id} ${stateText(lastRun.state, style)}${style.dim(`${took}, started ${localTime(lastRun.started)}`)}`,
      ),
    );
    if (lastRun.error)
      lines.push(fact('', `${style.red(lastRun.error.code)}: ${printable(lastRun.error.message)}`));
  }
  for (const { id, elsewhere: host = '' } of elsewhere) {
    lines.push(fact('going on', `${id} on ${printable(host)}`), ...elsewhereAdvice(id, host, style));
  }
  for (const problem of problems)
    lines.push('', renderError(TowpathError.fromRecord(problem), style, width, { stack: false, language }));
  if (service && service.replicas.length > 0) lines.push('', ...replicaLines(service.replicas, style, width));
  return lines;
}

function replicaLines(replicas: readonly ReplicaRecord[], style: Style, width: number): string[] {
  return table<ReplicaRecord>(
    [
      { header: 'REPLICA', align: 'right', cell: ({ pid }) => `pid ${pid}` },
      { header: 'RELEASE', cell: ({ release }) => release },
      {
        header: 'STATE',
        cell: ({ state }) => (state === 'ready' ? style.green(state) : style.yellow(state)),
      },
      {
        header: 'BUSY',
        align: 'right',
        cell: ({ busy, slots }) => (slots === undefined ? '' : `${busy ?? 0} of ${slots}`),
      },
    ],
    replicas,
    style,
    width,
  );
}
