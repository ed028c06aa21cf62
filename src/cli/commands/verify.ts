import { Command } from 'commander';
import type { VerifyRecord } from '../../app/records/upkeep.ts';
import { exitCodes } from '../../core/errors/entry.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { artifactsText } from '../output/artifacts.ts';
import { problemLines } from '../output/error.ts';
import { printable } from '../output/width.ts';
import { examples } from './examples.ts';

export function verifyCommand(context: Context): Command {
  return new Command('verify')
    .description(context.say('command.verify'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath verify', say('command.verify.example.code')],
        ['towpath verify --json | jq .problems', say('command.for-scripts')],
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
  const { style, words } = context;
  const read = artifactsText(artifacts);
  return [
    ...problemLines(problems, context),
    ...noteTexts.map((note) => `${style.yellow('!')} ${printable(words.text(note))}`),
    '',
    ok
      ? style.green(words('show.whole', { read }))
      : style.red(
          words('show.problems-in', { problems: say('unit.problems', { n: problems.length }), read }),
        ),
  ];
}
