import { Command } from 'commander';
import type { VerifyRecord } from '../../app/towpath.ts';
import { exitCodes } from '../../core/errors/code.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { formatBytes } from '../../core/units.ts';
import type { Context } from '../context.ts';
import { renderError } from '../output/error.ts';
import { printable } from '../output/width.ts';
import { counted } from '../output/words.ts';
import { examples } from './examples.ts';

export function verifyCommand(context: Context): Command {
  return new Command('verify')
    .description('read the whole ledger and every byte of every artifact, and say what is damaged')
    .addHelpText(
      'after',
      examples(
        ['towpath verify', 'exit code 4 when something is damaged'],
        ['towpath verify --json | jq .problems', 'for scripts'],
      ),
    )
    .action(async () => {
      const { signal } = context.io;
      const record = await context.withTowpath((towpath) =>
        context.json
          ? towpath.verify({ observer: () => undefined, signal })
          : context.withView((view) => towpath.verify({ observer: (event) => view.show(event), signal })),
      );
      if (!record.ok) context.exitCode = exitCodes.environment;
      context.printRecord(record, () => verifyLines(record, context));
    });
}

function verifyLines({ ok, artifacts, problems, noteTexts }: VerifyRecord, context: Context): string[] {
  const { style, language, io } = context;
  const { count, bytes } = artifacts;
  const read = `${counted(count, 'artifacts')}, ${formatBytes(bytes)}`;
  return [
    ...problems.flatMap((problem) => [
      '',
      renderError(TowpathError.fromRecord(problem), style, io.out.columns, { stack: false, language }),
    ]),
    ...noteTexts.map((note) => `${style.yellow('!')} ${printable(context.render(note))}`),
    '',
    ok
      ? style.green(`everything is whole: ${read}`)
      : style.red(`${counted(problems.length, 'problems')} in ${read}`),
  ];
}
