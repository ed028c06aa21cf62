import type { Message, Text } from './message.ts';
import { messageTable, type MessageId } from './table.ts';

/** The text that English words were made of, among those named; words of none of them stay as they are. */
export function readBack(words: string, ids: readonly MessageId[]): Text {
  for (const id of ids) {
    const { en } = messageTable[id];
    if (typeof en !== 'string') continue;
    const values = valuesIn(words, en);
    if (values !== undefined) return { id, values } satisfies Message;
  }
  return words;
}

/** Each place is filled up to where the next words of the template stand first; the last, up to the template's end. */
function valuesIn(words: string, template: string): Record<string, string> | undefined {
  const parts = template.split(/\{([a-z][A-Za-z]*)\}/);
  const values: Record<string, string> = {};
  const first = parts[0] ?? '';
  if (!words.startsWith(first)) return undefined;
  let at = first.length;
  for (let place = 1; place < parts.length; place += 2) {
    const after = parts[place + 1] ?? '';
    const isLast = place + 2 >= parts.length;
    const end = isLast ? words.length - after.length : words.indexOf(after, at + 1);
    if (end <= at || !words.startsWith(after, end)) return undefined;
    values[parts[place] ?? ''] = words.slice(at, end);
    at = end + after.length;
  }
  return at === words.length ? values : undefined;
}
