import type { Unit } from './units.ts';

const shells = new Set([
  'sh',
  'bash',
  'shell',
  'zsh',
  'console',
  'shell-session',
  'powershell',
  'bat',
  'cmd',
]);

/** Most lines of a block that may stand in an answer; a longer one is a listing, to be read on its page. */
const mostLines = 8;

/**
 * What may be quoted of a block of code: of a transcript only the commands typed (after `$ `), of a short block all of
 * it. `undefined` for output, drawings and long listings.
 */
export function quotableCode({ text, language = '' }: Pick<Unit, 'text' | 'language'>): string | undefined {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const typed = lines.filter((line) => /^\s*(?:\$|PS>|>>>) \S/.test(line));
  if (typed.length > 0) return typed.map((line) => line.replace(/^\s*(?:\$|PS>|>>>) /, '')).join('\n');
  if (lines.length > mostLines) return undefined;
  // Without a language it is a transcript, a drawing or output as often as it is code.
  return language === '' && !looksTyped(lines[0] ?? '') ? undefined : text;
}

/** Whether a block is something to type into a shell. */
export function isCommand({ text, language = '' }: Pick<Unit, 'text' | 'language'>): boolean {
  return (
    shells.has(language.split(/\s/)[0]?.toLowerCase() ?? '') || /^[^\S\r\n\u2028\u2029]*\$ \S/m.test(text)
  );
}

function looksTyped(line: string): boolean {
  return /^[a-z][\w.-]* [a-z\-"'/.][\w\s./:"'=<>@-]*$/.test(line);
}
