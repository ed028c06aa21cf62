import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { say, type Message } from '../core/messages/message.ts';
import { askCommand } from './commands/ask.ts';
import { backupCommand } from './commands/backup.ts';
import { cancelCommand } from './commands/cancel.ts';
import { doctorCommand } from './commands/doctor.ts';
import { examples } from './commands/examples.ts';
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
import { helpIn } from './help-words.ts';
import { languageOption } from './language.ts';

const groups: readonly (readonly [Message, readonly ((context: Context) => Command)[]])[] = [
  [say('help.begin'), [initCommand, validateCommand, trustCommand, schemaCommand, doctorCommand]],
  [say('help.run'), [upCommand, runCommand, serveCommand, askCommand]],
  [
    say('help.look'),
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
  [say('help.releases'), [releasesCommand, releaseCommand, rollbackCommand]],
  [say('help.keep'), [verifyCommand, repairCommand, backupCommand]],
];

/** The whole command line, ready to parse. Commands load what they need when they run. */
export function createProgram(context: Context): Command {
  const program = new Command('towpath');
  program
    .description(context.say('help.about'))
    .usage(context.say('help.usage'))
    .version(version(), '-V, --version', context.say('help.version'))
    .option('--project <dir>', context.say('help.project'))
    .option('--json', context.say('help.json'))
    .option('--trust-file <file>', context.say('trust.option'))
    .addOption(languageOption(context))
    .addOption(new Option('--no-color', context.say('help.no-color')))
    .addHelpText('after', () => [exitCodesHelp(context), firstSteps(context)].join('\n'))
    .hook('preAction', (_program, command) => context.take(command));
  for (const [heading, commands] of groups) {
    for (const create of commands) program.addCommand(create(context).helpGroup(context.render(heading)));
  }
  program.addCommand(helpCommand(program, context), { hidden: true }).helpCommand(false);
  for (const command of [program, ...descendants(program)]) settle(command, context);
  return program;
}

function exitCodesHelp({ words }: Context): string {
  return ['', words('help.exit-codes'), ...exitCodeLines(words)].join('\n');
}

function firstSteps(context: Context): string {
  return examples(
    context,
    ['towpath init && towpath up', say('help.example.init')],
    [`towpath ask "${context.say('help.example.question')}"`, say('help.example.ask')],
  );
}

/** Output through the context, exceptions instead of exits, global options listed everywhere. */
function settle(command: Command, { io, words }: Context): void {
  command
    .helpOption('-h, --help', words(command.parent === null ? 'help.help-with-examples' : 'help.help'))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(100, io.out.columns),
      getOutHasColors: () => false,
    })
    .configureHelp(helpIn(words))
    .showSuggestionAfterError(true);
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
