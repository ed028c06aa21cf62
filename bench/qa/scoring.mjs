// SQuAD's measure: F1 over words for English (articles and punctuation dropped), over characters for Chinese.

/** The best F1 of a text against any of the accepted answers. */
export function f1(text, accepted, language) {
  return Math.max(0, ...accepted.map((answer) => overlap(units(text, language), units(answer, language))));
}

/** An answer without its citation marks. */
export function withoutMarks(answer) {
  return answer.replace(/ ?\[\d+\]/g, '');
}

function units(text, language) {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}]/gu, '');
  if (language === 'zh') return [...plain.replace(/\s+/g, '')];
  return plain
    .replace(/\b(?:a|an|the)\b/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function overlap(said, wanted) {
  if (said.length === 0 || wanted.length === 0) return said.length === wanted.length ? 1 : 0;
  const left = new Map();
  for (const unit of wanted) left.set(unit, (left.get(unit) ?? 0) + 1);
  let shared = 0;
  for (const unit of said) {
    const count = left.get(unit) ?? 0;
    if (count > 0) shared += 1;
    left.set(unit, count - 1);
  }
  return shared === 0 ? 0 : (2 * shared) / (said.length + wanted.length);
}
