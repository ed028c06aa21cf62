import type { Json } from '../../core/canonical-json.ts';
import { say, type Text, type Words } from '../../core/messages/message.ts';
import { messageTable, type MessageId } from '../../core/messages/table.ts';
import { number } from '../output/words.ts';

type Facts = Readonly<Record<string, Json>> | undefined;

/** The name of a figure in the reader's language; one that the table does not have stays as it is. */
export function factName(name: string, words: Words): string {
  return words.text(named('fact', name));
}

/** A kind of personal data, as `data.mask` names it. */
export function maskKind(kind: string): Text {
  return named('mask-kind', kind);
}

function named(area: string, name: string): Text {
  const id = `${area}.${name}`;
  return Object.hasOwn(messageTable, id) ? { id: id as MessageId } : name;
}

/** Numbers of a result, the first three: `documents 42`. */
export function briefFacts(facts: Facts, words: Words): string[] {
  return counts(facts)
    .slice(0, 3)
    .map(
      ([name, value]) =>
        `${factName(name, words)} ${value.toLocaleString('en-US', { maximumFractionDigits: 3 })}`,
    );
}

/** What was not taken and what was masked, with the command that lists it. */
export function leftOut(facts: Facts, words: Words): string[] {
  const some = (name: string) => counts(facts?.[name] as Facts).filter(([, count]) => count > 0);
  const rejected = some('rejected').reduce((sum, [, count]) => sum + count, 0);
  const kinds = some('masked').map(([kind, count]) =>
    say('show.count-of', { name: maskKind(kind), count: number(count) }),
  );
  const parts = [
    ...(rejected > 0 ? [`${factName('rejected', words)} ${number(rejected)}`] : []),
    ...(kinds.length > 0 ? [words('fact.masked-kinds', { kinds })] : []),
  ];
  return parts.length === 0 ? [] : [...parts, words('event.see-rejects')];
}

/** All figures of a result, and what it left out by reason: `rejected 3 (TOW_DATA_LANGUAGE 2, TOW_DATA_TOO_SHORT 1)`. */
export function factsInShort(facts: Facts, words: Words): string[] {
  const figure = (name: string, value: number): string => `${factName(name, words)} ${number(value)}`;
  const listed = (name: 'rejected' | 'masked'): string[] => {
    const some = counts(facts?.[name] as Facts).filter(([, count]) => count > 0);
    if (some.length === 0) return [];
    const total = figure(
      name,
      some.reduce((sum, [, count]) => sum + count, 0),
    );
    const by = some.map(([kind, count]) =>
      say('show.count-of', { name: name === 'masked' ? maskKind(kind) : kind, count: number(count) }),
    );
    return [`${total}${words('show.counts', { counts: by })}`];
  };
  return [
    ...counts(facts).map(([name, value]) => figure(name, value)),
    ...listed('rejected'),
    ...listed('masked'),
  ];
}

function counts(facts: Facts): [name: string, count: number][] {
  return Object.entries(facts ?? {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
}
