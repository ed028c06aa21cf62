/** English words of ours in what should be Chinese, when names and the words of others (`given`) are taken out. */
export function englishIn(text: string, given: readonly string[] = []): string[] {
  const left = given
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, each) => (each === '' ? rest : rest.replaceAll(each, ' ')), text)
    .replaceAll(/`[^`]*`|https?:\/\/\S+/g, ' ');
  return [...new Set(left.match(/[a-z]{4,}/gi))];
}
