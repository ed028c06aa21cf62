import { InvalidArgumentError, Option } from 'commander';
import { encode, say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';

/** `--port N`, checked. */
export function portOption(context: Context): Option {
  return new Option('--port <n>', context.say('command.port')).argParser((text: string) => {
    const port = Number(text);
    if (/^\d+$/.test(text) && port <= 65535) return port;
    throw new InvalidArgumentError(encode(say('usage.port')));
  });
}
