import { Command } from 'commander';
import type { LeftOut, LeftOutRecord } from '../../app/towpath.ts';
import { exitCodes } from '../../core/errors/code.ts';
import type { Context } from '../context.ts';
import type { Style } from '../output/style.ts';
import { printable } from '../output/width.ts';
import { number } from '../output/words.ts';
import { examples } from './examples.ts';

export function rejectsCommand(context: Context): Command {
  return new Command('rejects')
    .description('list what a run did not take, masked or skipped: file, place and reason')
    .argument('[run]', 'id or its beginning, or `last`', 'last')
    .addHelpText(
      'after',
      examples(
        ['towpath rejects', 'of the newest run'],
        ['towpath rejects --json | jq -r .source', 'one JSON object a line, for scripts'],
      ),
    )
    .action(async (run: string) => {
      const { io, style } = context;
      await context.withTowpath(async (towpath) => {
        const leftOut = await towpath.leftOut(run);
        if (!context.json) context.print(...summary(leftOut, style));
        // One line at a time: there may be tens of thousands.
        for await (const record of leftOut.list()) {
          if (io.signal.aborted) break;
          io.out.write(`${context.json ? JSON.stringify(record) : inWords(record, style)}\n`);
          await io.out.taken();
        }
      });
      if (io.signal.aborted) context.exitCode = exitCodes.interrupted;
    });
}

function summary({ run, rejected, masked, unfinished }: LeftOut, style: Style): string[] {
  const total = (of: Readonly<Record<string, number>>) =>
    Object.values(of).reduce((sum, count) => sum + count, 0);
  const each = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, count]) => `${name} ${number(count)}`)
      .join(', ');
  const line = (what: string, of: Readonly<Record<string, number>>) =>
    total(of) === 0 ? `nothing ${what}` : `${what} ${number(total(of))} ${style.dim(`(${each(of)})`)}`;
  return [
    `${style.bold(run)}: ${line('rejected', rejected)} · ${line('masked', masked)}`,
    ...unfinished.map(
      (step) =>
        `${style.yellow('!')} ${step} has no result in this run: \`towpath logs ${run} ${step}\` has what it said`,
    ),
  ];
}

function inWords(record: LeftOutRecord, style: Style): string {
  if ('what' in record)
    return `${record.outcome} ${number(record.count)} ${record.what} ${style.dim(`· ${printable(record.step)}`)}`;
  const { source, line } = record;
  const place = style.cyan(printable(line === undefined ? source : `${source}:${String(line)}`));
  if (record.outcome === 'masked')
    return `masked   ${place} ${record.kind}${record.title === true ? ' in the title' : ''}`;
  return `rejected ${place} ${printable(record.reason)} ${style.dim(`· ${record.code}`)}`;
}
