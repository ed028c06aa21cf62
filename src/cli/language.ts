import { Option } from 'commander';
import { speechOf } from '../core/messages/locale.ts';
import type { Speech } from '../core/messages/message.ts';
import type { Context } from './context.ts';

const known = ['en', 'zh'] as const;

/**
 * The language to speak: `--lang`, else that of the environment's locale. Found before anything is parsed, because help
 * and mistakes in the command line are told in it too.
 */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Speech {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const at = own.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const arg = own[at];
  const asked = arg?.startsWith('--lang=') ? arg.slice('--lang='.length) : own[at + 1];
  return (at < 0 ? undefined : known.find((language) => language === asked)) ?? speechOf(env);
}

/** `--lang <language>`, which holds for every command. */
export function languageOption(context: Context): Option {
  return new Option('--lang <language>', context.say('cli.lang')).choices(known);
}
