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

/** The language that a request asks for (`Accept-Language`): Chinese where it is wanted rather than English. */
export function speechAsked(header: string | undefined): Speech {
  const wanted = { en: -1, zh: -1 };
  for (const each of (header ?? '').split(',')) {
    const [tag = '', ...options] = each.trim().toLowerCase().split(';');
    const [language] = tag.split('-');
    if (language !== 'en' && language !== 'zh') continue;
    const quality = options.find((option) => option.trim().startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
    wanted[language] = Math.max(wanted[language], weight);
  }
  return wanted.zh > 0 && wanted.zh > wanted.en ? 'zh' : 'en';
}
