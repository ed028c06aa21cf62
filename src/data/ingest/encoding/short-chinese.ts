const maxCharacters = 8;

/** Letters of other alphabets, or signs, as they stand in UTF-8 texts of two-byte characters. */
const oneAlphabet = [
  /^[\u00c0-\u024f]+$/,
  /^[\u0370-\u03ff]+$/,
  /^[\u0400-\u04ff]+$/,
  /^[\u0590-\u05ff]+$/,
  /^[\u0600-\u06ff]+$/,
];

/**
 * Whether a text that is valid UTF-8 could as well be a few Chinese characters in GB18030. A handful of GB18030
 * pairs are also valid two-byte UTF-8; read so, they give letters that no one writes together. Longer Chinese texts
 * always hold a pair that is not valid UTF-8.
 */
export function couldBeShortChinese(utf8: string, gb18030: () => string | undefined): boolean {
  const foreign = utf8.match(/[^\x00-\x7f]/gu);
  if (foreign === null || foreign.length > maxCharacters) return false;
  if (foreign.some((character) => character > '\u07ff' || character < '\u00a0')) return false;
  const runs = utf8.match(/[^\x00-\x7f]+/gu) ?? [];
  if (runs.every((run) => isPlain(run, utf8))) return false;
  const chinese = gb18030()?.match(/[^\x00-\x7f]/gu) ?? [];
  return chinese.length === foreign.length && chinese.every((character) => /\p{Script=Han}/u.test(character));
}

function isPlain(run: string, text: string): boolean {
  if (/^[\u00a0-\u00bf×÷]+$/.test(run)) return true;
  if (!oneAlphabet.some((alphabet) => alphabet.test(run))) return false;
  // Accented Latin letters stand one or two together among plain ones: `café`, `naïve`.
  if (/^[\u00c0-\u024f]+$/.test(run)) return run.length <= 2 && touchesLetter(run, text);
  return run.length >= 2;
}

function touchesLetter(run: string, text: string): boolean {
  const at = text.indexOf(run);
  return /[A-Z]/i.test(text[at - 1] ?? '') || /[A-Z]/i.test(text[at + run.length] ?? '');
}
