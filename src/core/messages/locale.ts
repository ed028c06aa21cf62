import type { Speech } from './message.ts';

/**
 * The language that the environment asks for, as POSIX orders it: `LC_ALL`, else `LC_MESSAGES`, else `LANG`; an empty
 * variable counts as unset. Chinese for `zh`, in whatever region, script and encoding; English for everything else.
 */
export function speechOf(env: Readonly<Record<string, string | undefined>>): Speech {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale !== undefined && /^zh(?:$|[^a-z])/i.test(locale) ? 'zh' : 'en';
}
