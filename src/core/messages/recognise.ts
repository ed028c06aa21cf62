import type { MessageEntry } from './entry.ts';
import type { Message } from './message.ts';
import { textsInUse } from './catalogue.ts';
import type { MessageId } from './table.ts';

/** Areas of the table whose English is that of others, word for word: of libraries, of the ledger. */
type Area = 'issue' | 'promotion' | 'yaml';

interface Forms {
  readonly exact: ReadonlyMap<string, MessageId>;
  readonly patterns: readonly (readonly [id: MessageId, pattern: RegExp, places: readonly string[]])[];
}

const known = new Map<Area, Forms>();

/** The text of an area whose English these words are; undefined where the table has none. */
export function recognise(area: Area, words: string): Message | undefined {
  const { exact, patterns } = known.get(area) ?? learn(area);
  const id = exact.get(words);
  if (id !== undefined) return { id };
  for (const [id, pattern, places] of patterns) {
    const match = pattern.exec(words);
    if (match === null) continue;
    return { id, values: Object.fromEntries(places.map((place, at) => [place, match[at + 1] ?? ''])) };
  }
  return undefined;
}

function learn(area: Area): Forms {
  const exact = new Map<string, MessageId>();
  const patterns: [MessageId, RegExp, string[]][] = [];
  for (const [id, { en }] of Object.entries(textsInUse()) as [MessageId, MessageEntry][]) {
    if (!id.startsWith(`${area}.`) || typeof en !== 'string') continue;
    // Every other part is the name of a place.
    const parts = en.split(/\{([a-z][A-Za-z]*)\}/);
    if (parts.length === 1) exact.set(en, id);
    else patterns.push([id, patternOf(parts), parts.filter((_, at) => at % 2 === 1)]);
  }
  const forms = { exact, patterns };
  known.set(area, forms);
  return forms;
}

function patternOf(parts: readonly string[]): RegExp {
  const sources = parts.map((part, at) => (at % 2 === 1 ? '(.+)' : part.replaceAll(/[^\w\s]/g, '\\$&')));
  return new RegExp(`^${sources.join('')}$`, 's');
}
