import { Command } from 'commander';
import type { Check } from '../../app/doctor/check.ts';
import { exitCodes } from '../../core/errors/entry.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { labelled, say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { padEnd, printable } from '../output/width.ts';
import { examples } from './examples.ts';

const nameWidth = 16;

export function doctorCommand(context: Context): Command {
  return new Command('doctor')
    .description(context.say('command.doctor'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath doctor', say('command.doctor.example.code')],
        ['towpath doctor --json', say('command.doctor.example.json')],
      ),
    )
    .action(async () => {
      const { runDoctor } = await import('../../app/doctor/doctor.ts');
      const record = await runDoctor({
        dir: await projectDir(context),
        cwd: context.io.cwd,
        env: context.env,
        sections: () => context.wiring.sections(),
        onCheck: (check) => {
          if (!context.json) context.print(...checkLines(check, context));
        },
      });
      const failed = record.checks.filter(({ state }) => state === 'fail');
      const warned = record.checks.filter(({ state }) => state === 'warn');
      if (failed.some(({ lacks }) => lacks === 'machine')) context.exitCode = exitCodes.environment;
      else if (failed.length > 0) context.exitCode = exitCodes.user;
      if (context.json) context.printRecord({ ok: failed.length === 0, ...record }, () => []);
      else context.print('', summary(failed.length, warned.length, context));
    });
}

async function projectDir(context: Context): Promise<string | undefined> {
  try {
    return (await context.place()).dir;
  } catch (error) {
    // Doctor is run before there is a project, too; one that was named must be there.
    if (error instanceof TowpathError && context.named === undefined) return undefined;
    throw error;
  }
}

function checkLines({ name, state, found, fix }: Check, { style, words }: Context): string[] {
  const mark = { ok: style.green('✓'), warn: style.yellow('!'), fail: style.red('✖') }[state];
  return [
    `${mark} ${padEnd(words.text(name), nameWidth)} ${printable(words.text(found))}`,
    ...(fix === undefined
      ? []
      : [
          `  ${' '.repeat(nameWidth)} ${labelled(words('error.fix'), printable(words.text(fix)), style.cyan)}`,
        ]),
  ];
}

function summary(failed: number, warned: number, { style, words }: Context): string {
  if (failed === 0 && warned === 0) return style.green(words('show.nothing-lacks'));
  const warnings = say('unit.warnings', { n: warned });
  if (failed === 0) return style.yellow(words.text(warnings));
  return style.red(
    warned === 0
      ? words('show.checks-failed', { count: failed })
      : words('show.checks-failed-warned', { count: failed, warnings }),
  );
}
