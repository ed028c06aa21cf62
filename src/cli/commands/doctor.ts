import { Command } from 'commander';
import type { Check } from '../../app/doctor-check.ts';
import { exitCodes } from '../../core/errors/code.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import type { Context } from '../context.ts';
import type { Style } from '../output/style.ts';
import { padEnd, printable } from '../output/width.ts';
import { counted } from '../output/words.ts';
import { examples } from './examples.ts';

const nameWidth = 16;

export function doctorCommand(context: Context): Command {
  return new Command('doctor')
    .description('check what this machine lacks, and say how to get it')
    .addHelpText(
      'after',
      examples(
        ['towpath doctor', 'exit code 4 when something needed lacks'],
        ['towpath doctor --json', 'with versions, for a report'],
      ),
    )
    .action(async () => {
      const { runDoctor } = await import('../../app/doctor.ts');
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
      else context.print('', summary(failed.length, warned.length, context.style));
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

function checkLines({ name, state, found, fix }: Check, context: Context): string[] {
  const { style } = context;
  const mark = { ok: style.green('✓'), warn: style.yellow('!'), fail: style.red('✖') }[state];
  return [
    `${mark} ${padEnd(context.render(name), nameWidth)} ${printable(context.render(found))}`,
    ...(fix === undefined
      ? []
      : [`  ${' '.repeat(nameWidth)} ${style.cyan('fix:')} ${printable(context.render(fix))}`]),
  ];
}

function summary(failed: number, warned: number, style: Style): string {
  if (failed === 0 && warned === 0) return style.green('nothing lacks');
  const warnings = warned === 0 ? '' : `${counted(warned, 'warnings')}`;
  return failed === 0
    ? style.yellow(warnings)
    : style.red(`${failed} failed${warned === 0 ? '' : `, ${warnings}`}`);
}
