import { Command } from 'commander';
import type { ReplicaRecord, StatusRecord } from '../../app/records/service.ts';
import { exitCodes } from '../../core/errors/entry.ts';
import { saidIn } from '../../core/errors/towpath-error.ts';
import { duration } from '../../core/messages/duration.ts';
import { say, type Words } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { elsewhereAdvice } from '../output/elsewhere.ts';
import { problemLines } from '../output/error.ts';
import { heldBackLines } from '../output/held-back.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { padEnd, printable } from '../output/width.ts';
import { localTime } from '../output/words.ts';
import { examples } from './examples.ts';
import { figuresText } from './release-detail.ts';
import { stateText } from './run-detail.ts';

export function statusCommand(context: Context): Command {
  return new Command('status')
    .description(context.say('command.status'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath status', say('command.status.example')],
        ['towpath status --json | jq -r .service.url', say('command.for-scripts')],
      ),
    )
    .action(async () => {
      const status = await context.withTowpath((towpath) => towpath.status(), say('show.waiting.records'));
      if (status.problems !== undefined) context.exitCode = exitCodes.environment;
      context.printRecord(status, () => statusLines(status, context));
    });
}

type Fact = 'project' | 'live' | 'service' | 'last-run' | 'going-on';

function statusLines(
  { dir, live, heldBack, service, lastRun, elsewhere = [], problems = [] }: StatusRecord,
  context: Context,
): string[] {
  const { style, language, words, io } = context;
  const width = io.out.columns;
  const fact = (name: Fact | '', value: string) =>
    `${style.dim(padEnd(name === '' ? '' : words(`show.${name}`), 8))} ${value.replaceAll('\n', `\n${' '.repeat(9)}`)}`;
  const lines = [fact('project', printable(dir))];
  lines.push(
    fact(
      'live',
      live
        ? `${style.bold(live.name)} ${style.dim(words('show.made-at', { time: localTime(live.created) }))}`
        : words(problems.length > 0 ? 'show.live-unsure' : 'show.no-release'),
    ),
  );
  if (live && Object.keys(live.figures).length > 0)
    lines.push(fact('', style.dim(figuresText(live.figures))));
  if (heldBack) lines.push(...heldBackLines(heldBack, style, words).map((line) => fact('', line)));
  lines.push(
    fact(
      'service',
      service
        ? `${style.green('●')} ${style.cyan(service.url)} ${style.dim(words('show.up-since', { pid: service.pid, time: localTime(service.started) }))}`
        : words('show.no-service'),
    ),
  );
  if (lastRun) {
    const { id, ms, state, started } = lastRun;
    const start = localTime(started);
    const when =
      ms === undefined
        ? `${words('show.comma')}${words('show.run-started', { start })}`
        : ` ${words('show.run-took', { time: duration(ms), start })}`;
    lines.push(fact('last-run', `${id} ${stateText(state, style, words)}${style.dim(when)}`));
    if (lastRun.error)
      lines.push(
        fact('', `${style.red(lastRun.error.code)}: ${printable(saidIn(lastRun.error, language).message)}`),
      );
  }
  for (const { id, elsewhere: host = '' } of elsewhere) {
    lines.push(
      fact('going-on', words('show.run-on', { run: id, host: printable(host) })),
      ...elsewhereAdvice(id, host, style, words),
    );
  }
  lines.push(...problemLines(problems, context));
  if (service && service.replicas.length > 0)
    lines.push('', ...replicaLines(service.replicas, style, words, width));
  return lines;
}

function replicaLines(
  replicas: readonly ReplicaRecord[],
  style: Style,
  words: Words,
  width: number,
): string[] {
  return table<ReplicaRecord>(
    [
      { header: words('column.replica'), align: 'right', cell: ({ pid }) => words('show.pid', { pid }) },
      { header: words('column.release'), cell: ({ release }) => release },
      {
        header: words('column.state'),
        cell: ({ state }) => (state === 'ready' ? style.green : style.yellow)(words(`state.${state}`)),
      },
      {
        header: words('column.busy'),
        align: 'right',
        cell: ({ busy, slots }) =>
          slots === undefined ? '' : words('show.busy', { busy: busy ?? 0, slots }),
      },
    ],
    replicas,
    style,
    width,
  );
}
