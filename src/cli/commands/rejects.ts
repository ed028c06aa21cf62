import { Command } from 'commander';
import type { LeftOut, LeftOutRecord } from '../../app/records/run.ts';
import { exitCodes } from '../../core/errors/entry.ts';
import { say, type Words } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import type { Style } from '../output/style.ts';
import { displayWidth, padEnd, printableInLine } from '../output/width.ts';
import { number } from '../output/words.ts';
import { maskKind } from '../progress/facts.ts';
import { examples } from './examples.ts';

export function rejectsCommand(context: Context): Command {
  return new Command('rejects')
    .description(context.say('command.rejects'))
    .argument('[run]', context.say('command.run-id'), 'last')
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath rejects', say('command.rejects.example.last')],
        ['towpath rejects --json | jq -r .source', say('command.rejects.example.json')],
      ),
    )
    .action(async (run: string) => {
      const { io, style, words } = context;
      await context.withTowpath(async (towpath, come) => {
        const leftOut = await towpath.leftOut(run);
        come();
        if (!context.json) context.print(...summary(leftOut, style, words));
        const lines = context.json ? asJson(leftOut.list()) : counted(leftOut.list(), style, words);
        // One line at a time: there may be tens of thousands.
        for await (const line of lines) {
          if (io.signal.aborted) break;
          io.out.write(`${line}\n`);
          await io.out.taken();
        }
      }, say('show.waiting.records'));
      if (io.signal.aborted) context.exitCode = exitCodes.interrupted;
    });
}

function summary({ run, rejected, masked, unfinished }: LeftOut, style: Style, words: Words): string[] {
  const total = (of: Readonly<Record<string, number>>) =>
    Object.values(of).reduce((sum, count) => sum + count, 0);
  const each = (of: Readonly<Record<string, number>>) =>
    Object.entries(of).map(([name, count]) =>
      say('show.count-of', { name: maskKind(name), count: number(count) }),
    );
  const line = (what: 'rejected' | 'masked', of: Readonly<Record<string, number>>) => {
    if (total(of) > 0)
      return `${words(`show.${what}`, { count: number(total(of)) })}${style.dim(words('show.counts', { counts: each(of) }))}`;
    return unfinished.length === 0
      ? words(`show.nothing-${what}`)
      : words(`show.unknown-${what}`, { steps: unfinished });
  };
  return [
    `${style.bold(run)}: ${line('rejected', rejected)} · ${line('masked', masked)}`,
    ...unfinished.map((step) => `${style.yellow('!')} ${words('show.unfinished', { run, step })}`),
  ];
}

async function* asJson(records: AsyncIterable<LeftOutRecord>): AsyncGenerator<string> {
  for await (const record of records) yield JSON.stringify(record);
}

/** Lines for people; of equal ones that follow each other, one with their number: a page has no lines to tell apart. */
async function* counted(
  records: AsyncIterable<LeftOutRecord>,
  style: Style,
  words: Words,
): AsyncGenerator<string> {
  let last: string | undefined;
  let times = 0;
  const told = (line: string) => (times === 1 ? line : `${line} ${style.dim(`× ${number(times)}`)}`);
  for await (const record of records) {
    const line = inWords(record, style, words);
    if (line !== last && last !== undefined) yield told(last);
    times = line === last ? times + 1 : 1;
    last = line;
  }
  if (last !== undefined) yield told(last);
}

function inWords(record: LeftOutRecord, style: Style, words: Words): string {
  const outcome = words(`outcome.${record.outcome}`);
  if ('what' in record)
    return `${outcome} ${number(record.count)} ${words.text(record.whatText)} ${style.dim(`· ${printableInLine(record.step)}`)}`;
  const { source, line } = record;
  const place = style.cyan(printableInLine(line === undefined ? source : `${source}:${String(line)}`));
  const begun = `${padEnd(outcome, outcomeWidth(words))} ${place}`;
  if (record.outcome === 'masked') {
    const kind = maskKind(record.kind);
    return `${begun} ${record.title === true ? words('show.in-title', { kind }) : words.text(kind)}`;
  }
  return `${begun} ${printableInLine(words.text(record.text))} ${style.dim(`· ${record.code}`)}`;
}

function outcomeWidth(words: Words): number {
  return Math.max(displayWidth(words('outcome.rejected')), displayWidth(words('outcome.masked')));
}
