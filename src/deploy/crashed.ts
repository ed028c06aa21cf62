import { TowpathError } from '../core/errors/towpath-error.ts';
import { say, type Message } from '../core/messages/message.ts';
import type { InstanceEnd } from './target.ts';

/** The error for a replica that ended by itself, with the last that it said. */
export function crashed(end: InstanceEnd, when: Message): TowpathError {
  const how =
    end.signal === null
      ? say('deploy.with-code', { code: String(end.exitCode) })
      : say('deploy.by-signal', { signal: end.signal });
  const ended = say('deploy.ended', { how, when });
  const said = tellingLine(end.lastWords);
  const message = said === undefined ? ended : say('deploy.ended-said', { ended, said });
  return new TowpathError('TOW_DEPLOY_REPLICA_CRASHED', message, {
    data: { exitCode: end.exitCode, signal: end.signal, lastWords: end.lastWords },
    ...(end.lastWords !== '' && { cause: new Error(end.lastWords.split('\n').slice(-5).join('\n')) }),
  });
}

/** The last line that speaks of an error, or else the last one. */
function tellingLine(lastWords: string): string | undefined {
  const lines = lastWords.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /error|fail|fatal/i.test(line)) ?? lines.at(-1))?.trim().slice(0, 200);
}
