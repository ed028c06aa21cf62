import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { askCommand } from './commands/ask.ts';
import { backupCommand } from './commands/backup.ts';
import { cancelCommand } from './commands/cancel.ts';
import { doctorCommand } from './commands/doctor.ts';
import { helpCommand } from './commands/help.ts';
import { initCommand } from './commands/init.ts';
import { lineageCommand } from './commands/lineage.ts';
import { logsCommand } from './commands/logs.ts';
import { curvesCommand, reportCommand } from './commands/pages.ts';
import { rejectsCommand } from './commands/rejects.ts';
import { releaseCommand, releasesCommand } from './commands/releases.ts';
import { repairCommand } from './commands/repair.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { runCommand } from './commands/run.ts';
import { runsCommand } from './commands/runs.ts';
import { schemaCommand } from './commands/schema.ts';
import { serveCommand } from './commands/serve.ts';
import { statusCommand } from './commands/status.ts';
import { trustCommand } from './commands/trust.ts';
import { upCommand } from './commands/up.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';
import type { Context } from './context.ts';
import { exitCodeLines } from './exit-codes.ts';
import { languageOption } from './language.ts';

const groups: readonly (readonly [string, readonly ((context: Context) => Command)[]])[] = [
  ['Begin:', [initCommand, validateCommand, trustCommand, schemaCommand, doctorCommand]],
  ['Run and serve:', [upCommand, runCommand, serveCommand, askCommand]],
  [
    'Look:',
    [
      statusCommand,
      runsCommand,
      logsCommand,
      rejectsCommand,
      reportCommand,
      curvesCommand,
      lineageCommand,
      cancelCommand,
    ],
  ],
  ['Releases:', [releasesCommand, releaseCommand, rollbackCommand]],
  ['Keep:', [verifyCommand, repairCommand, backupCommand]],
];

/** The whole command line, ready to parse. Commands load what they need when they run. */
export function createProgram(context: Context): Command {
  const program = new Command('towpath');
  program
    .description('From raw text to a live, watched question-answering service: one file, one command.')
    .usage('<command> [options]')
    .version(version(), '-V, --version', 'print the version')
    .option('--project <dir>', 'folder with the towpath.yaml (default: the nearest upwards)')
    .option('--json', 'print records and events as JSON')
    .option('--trust-file <file>', context.say('trust.option'))
    .addOption(languageOption(context))
    .addOption(new Option('--no-color', 'print without colours; so does NO_COLOR'))
    .helpOption('-h, --help', 'print help, with examples')
    .addHelpText('after', () => `\nExit codes:\n${exitCodeLines().join('\n')}\n\n${firstSteps}`)
    .hook('preAction', (_program, command) => context.take(command));
  for (const [heading, commands] of groups) {
    for (const create of commands) program.addCommand(create(context).helpGroup(heading));
  }
  program.addCommand(helpCommand(program, context), { hidden: true }).helpCommand(false);
  for (const command of [program, ...descendants(program)]) settle(command, context);
  return program;
}

const firstSteps = `Examples:
  $ towpath init && towpath up               write a project file for the documents here, then run and serve them
  $ towpath ask "How do I roll back?"        ask the running service, from another terminal`;

/** Output through the context, exceptions instead of exits, global options listed everywhere. */
function settle(command: Command, { io }: Context): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(100, io.out.columns),
      getOutHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError(true);
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
