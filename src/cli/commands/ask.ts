import { Command, InvalidArgumentError } from 'commander';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { encode, say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';

export function askCommand(context: Context): Command {
  return new Command('ask')
    .description(context.say('command.ask'))
    .argument('<question>', context.say('command.ask.question'))
    .option('--url <url>', context.say('command.ask.url'), serviceUrl)
    .addHelpText(
      'after',
      examples(
        context,
        [`towpath ask "${context.say('command.ask.example.question')}"`, say('command.ask.example.project')],
        ['towpath ask "如何回滚？" --url http://127.0.0.1:7500', say('command.ask.example.url')],
        [
          `echo "${context.say('command.ask.example.other-question')}" | towpath ask - --json`,
          say('command.ask.example.json'),
        ],
      ),
    )
    .action(async (given: string, options: { url?: string }) => {
      const { io } = context;
      const [{ ask }, { FirstRunView }, { AnswerPrinter }, { readQuestion }] = await Promise.all([
        import('../ask/client.ts'),
        import('../ask/first-run-view.ts'),
        import('../ask/printer.ts'),
        import('../ask/question.ts'),
      ]);
      const question = await readQuestion(given, io.in);
      const url = options.url ?? (await projectUrl(context));
      const printer = new AnswerPrinter(io.out, context.style, context.words);
      // Beside the answer, not before it: what reads the answer from a pipe gets nothing else.
      const firstRun = new FirstRunView(() => context.viewOn(io.err));
      const answer = await ask({
        url,
        question,
        language: context.json ? 'en' : context.language,
        signal: io.signal,
        onSentence: (sentence) => {
          firstRun.end();
          if (!context.json) printer.sentence(sentence);
        },
        onFirstRun: (now) => firstRun.show(now),
      }).finally(() => firstRun.end());
      if (context.json) io.out.write(`${JSON.stringify(answer, undefined, 2)}\n`);
      else printer.answer(answer);
    });
}

/** Where a service listens when nothing else was asked for: what is asked outside any project. */
const usualUrl = 'http://127.0.0.1:7411';

async function projectUrl(context: Context): Promise<string> {
  const place = await context.place().catch((error: unknown) => {
    const outside = error instanceof TowpathError && error.code === 'TOW_PROJECT_NOT_FOUND';
    if (outside && context.named === undefined) return undefined;
    throw error;
  });
  if (place === undefined) {
    const { io, json } = context;
    // Whose service it is, nobody knows: an answer about something else must not surprise.
    const note = context.say('ask.outside', { url: usualUrl });
    if (!json) io.err.write(`${context.styleOf(io.err.isTerminal).dim(note)}\n`);
    return usualUrl;
  }
  const { dir, file } = place;
  // Not through the project as a whole: opening that takes longer than the answer.
  const [{ readService }, { stateFolder }] = await Promise.all([
    import('../../app/service-file.ts'),
    import('../../app/state-folder.ts'),
  ]);
  const service = await readService(stateFolder(dir, file).serviceFile);
  if (service) return service.url;
  throw new TowpathError('TOW_CLI_NO_SERVICE', say('ask.no-service', { dir }), {
    hint: say('ask.start-service'),
  });
}

function serviceUrl(text: string): string {
  const whole = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  const isAddress = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (isAddress && url.pathname === '/' && url.search === '') return url.origin;
  if (isAddress) throw new InvalidArgumentError(encode(say('usage.address-path')));
  throw new InvalidArgumentError(encode(say('usage.address')));
}
