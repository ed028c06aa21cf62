import { cellsOf, type Unit } from '../reading/units.ts';

/** A quoted piece on one line, without the marks of emphasis and links. */
export function readable(text: string): string {
  return text
    .replace(/!?\[([^[\]\n]*)\]\([^[)\n]*\)/g, '$1')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A unit as it is read out: a row of a table as `its first cell: the second`, more cells by their columns' names. */
export function shown(unit: Unit): string {
  return readable(unit.kind === 'row' ? row(unit) : unit.text);
}

function row({ text, columns = [] }: Unit): string {
  const [first = '', ...rest] = cellsOf(text);
  if (rest.length === 0) return first;
  const chinese = /\p{Script=Han}/u.test(text);
  const colon = chinese ? '：' : ': ';
  if (rest.length === 1) return `${first}${colon}${rest[0] ?? ''}`;
  const named = rest
    .map((cell, i) => [columns[i + 1] ?? '', cell] as const)
    .filter(([, cell]) => cell !== '');
  const parts = named.map(([name, cell]) => (name === '' ? cell : `${name} ${cell}`));
  return `${first}${colon}${parts.join(chinese ? '；' : '; ')}`;
}
