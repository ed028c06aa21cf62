import { Command } from 'commander';
import type { Towpath } from '../../app/towpath.ts';
import { exitCodes } from '../../core/errors/entry.ts';
import { messageOf, TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { printable } from '../output/width.ts';
import { examples } from './examples.ts';

export function logsCommand(context: Context): Command {
  return new Command('logs')
    .description(context.say('command.logs'))
    .argument('[run]', context.say('command.run-id'), 'last')
    .argument('[step]', context.say('command.logs.step'))
    .option('-f, --follow', context.say('command.logs.follow'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath logs last', say('command.logs.example.last')],
        ['towpath logs last index --follow', say('command.logs.example.step')],
      ),
    )
    .action(async (run: string, step: string | undefined, options: { follow?: boolean }) => {
      const { io, style } = context;
      let printed = 0;
      await context.withTowpath(async (towpath, come) => {
        if (step === undefined && run !== 'last') await refuseStep(towpath, run);
        const lines = towpath.logs(run, {
          ...(step !== undefined && { step }),
          follow: options.follow === true,
          signal: io.signal,
        });
        for await (const record of lines) {
          if (io.signal.aborted) break;
          come();
          printed += 1;
          const prefix = step === undefined ? `${style.cyan(printable(record.step))} ` : '';
          io.out.write(context.json ? `${JSON.stringify(record)}\n` : `${prefix}${printable(record.line)}\n`);
        }
        come();
        if (printed > 0 || io.signal.aborted) return;
        const silent = step !== undefined && !(await isCached(towpath, run, step));
        io.err.write(
          `${silent ? context.say('show.no-log', { step: printable(step) }) : context.say('show.nothing-logged')}\n`,
        );
      }, say('show.waiting.records'));
      if (io.signal.aborted) context.exitCode = exitCodes.interrupted;
    });
}

async function isCached(towpath: Towpath, run: string, step: string): Promise<boolean> {
  const { plan } = await towpath.runDetail(run);
  return plan.some(({ name, state }) => name === step && state === 'cached');
}

/** A step named where a run is meant: the command that was meant is told. */
async function refuseStep(towpath: Towpath, name: string): Promise<void> {
  try {
    await towpath.runDetail(name);
  } catch (error) {
    if (!(error instanceof TowpathError) || error.code !== 'TOW_FLOW_RUN_UNKNOWN') throw error;
    const last = await towpath.runDetail('last').catch(() => undefined);
    if (last?.plan.some((step) => step.name === name) !== true) throw error;
    throw new TowpathError(error.code, messageOf(error), { hint: say('flow.logs-of', { step: name }) });
  }
}
