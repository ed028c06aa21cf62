/** Runs of three words and more in Latin letters: sentences that were left in English. */
export function englishLeft(text: string): string[] {
  return text.split('\n').flatMap((line) => runs(said(line).split(/\s+/)));
}

/** A line without the command line of an example, the first column of a help page, and what is quoted. */
function said(line: string): string {
  const unquoted = line
    .split('`')
    .filter((_, at) => at % 2 === 0)
    .join(' · ');
  if (!line.startsWith('  ') || line.startsWith('   ')) return unquoted;
  const gap = unquoted.indexOf(line.startsWith('  $ ') ? '   ' : '  ', 2);
  return gap < 0 ? unquoted : unquoted.slice(gap);
}

/** A name, a path, an option and a placeholder is no word, nor is what follows `towpath`. */
function runs(tokens: readonly string[]): string[] {
  const found: string[] = [];
  let run: string[] = [];
  for (const [at, token] of [...tokens, ''].entries()) {
    const named = tokens.slice(Math.max(0, at - 2), at + 1).includes('towpath');
    if (!named && /^[("]?[a-z’']+[,.;:?!)"]*$/i.test(token) && !/^[A-Z]{2,}$/.test(token)) run.push(token);
    else {
      if (run.length > 2) found.push(run.join(' '));
      run = [];
    }
  }
  return found;
}
