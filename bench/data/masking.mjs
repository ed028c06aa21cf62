/**
 * Precision and recall of masking on a labelled set made by masking.py.
 *
 *   npm run build && node bench/data/masking.mjs masking.jsonl [--errors]
 *
 * A place counts as found when it is masked as the right kind and nothing of it is left.
 */
import { readFileSync } from 'node:fs';
import { maskKinds } from '../../dist/data/prepare/mask/kinds.js';
import { createMasker } from '../../dist/data/prepare/mask/mask.js';

const [file, ...flags] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node bench/data/masking.mjs masking.jsonl [--errors]');
  process.exit(2);
}
const mask = createMasker({ mask: maskKinds, keep: [] });
const table = new Map();

for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
  const { language, text, spans } = JSON.parse(line);
  const result = mask(text);
  const [span] = spans;
  const wanted = span && text.slice(0, span[0]) + `[${span[2].toUpperCase()}]` + text.slice(span[1]);
  const right = result.text === (wanted ?? text);
  if (span) row(span[2], language).wanted += 1;
  if (span && right) row(span[2], language).found += 1;
  for (const kind of maskKinds) {
    const extra = result.counts[kind] - (right && span?.[2] === kind ? 1 : 0);
    if (extra > 0) row(kind, language).wrong += extra;
  }
  if (!right && flags.includes('--errors'))
    console.log(language, span?.[2] ?? 'none', JSON.stringify(text), '->', result.text);
}

const share = (part, whole) => (whole === 0 ? '-' : (part / whole).toFixed(3));
console.table(
  [...table.values()]
    .sort((a, b) => (a.kind + a.language < b.kind + b.language ? -1 : 1))
    .map(({ kind, language, wanted, found, wrong }) => ({
      kind,
      language,
      places: wanted,
      precision: share(found, found + wrong),
      recall: share(found, wanted),
    })),
);

function row(kind, language) {
  const key = `${kind} ${language}`;
  if (!table.has(key)) table.set(key, { kind, language, wanted: 0, found: 0, wrong: 0 });
  return table.get(key);
}
