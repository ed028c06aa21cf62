/**
 * A word as a shell reads it back: what it holds must not become another command where somebody pastes it. Control
 * characters, which a terminal would obey and a screen leaves out, are written as escapes of bash, zsh and ksh.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!/\p{Cc}/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text
    .replaceAll(/[\\']/g, '\\$&')
    .replaceAll(/\p{Cc}/gu, (control) =>
      [...Buffer.from(control)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    );
  return `$'${escaped}'`;
}
