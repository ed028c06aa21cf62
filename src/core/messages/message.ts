import { textsInUse } from './catalogue.ts';
import type { MessageEntry } from './entry.ts';
import type { messageTable, MessageId } from './table.ts';

/** A language that Towpath speaks to people in. */
export type Speech = 'en' | 'zh';

/**
 * What fills a place of a template; texts may hold texts, and a list is joined as the language joins lists. A list in a
 * place called `lines` has each text on an indented line of its own; a sentence in one called `clause` goes in without
 * its full stop.
 */
type MessageValue = string | number | Message | readonly MessageValue[];

/**
 * A text for people, before it is known who reads it: the name of a template and what fills its places. Plain data: it
 * crosses processes and is kept in the records; `render` makes words of it where they are shown.
 */
export interface Message {
  readonly id: MessageId;
  readonly values?: Readonly<Record<string, MessageValue>>;
}

/** Text that is the same in every language (a name, a path, words of another program), or one that is not. */
export type Text = string | Message;

type Template<Id extends MessageId> = (typeof messageTable)[Id]['en'];
type Sentence<T> = T extends readonly [string, infer Many] ? Many : T;
type Place<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Word<Name> | Place<Rest> : never;
/** `{"question"}` in an example is no place. */
type Word<Name> = Name extends `${string}${' ' | '"' | ':' | '.' | '…'}${string}` | '' ? never : Name;
type Values<Id extends MessageId> = Place<Sentence<Template<Id>>>;

/** The name of a text, and what fills its places where it has some; the compiler knows which. */
export type Saying<Id extends MessageId> = [
  id: Id,
  ...values: [Values<Id>] extends [never] ? [] : [Readonly<Record<Values<Id>, MessageValue>>],
];

/** Names a text of the table and fills its places. */
export function say<Id extends MessageId>(...[id, ...values]: Saying<Id>): Message {
  const [filling] = values as readonly Readonly<Record<string, MessageValue>>[];
  return filling === undefined ? { id } : { id, values: filling };
}

/** Words that are the same in every language, those of another program, as a text; what is one already stays it. */
export function verbatim(words: Text): Message {
  return typeof words === 'string' ? say('said.verbatim', { words }) : words;
}

/** Says texts in one language: takes what `say` takes, and `text` what was said elsewhere. */
export interface Words {
  <Id extends MessageId>(...saying: Saying<Id>): string;
  text(text: Text): string;
  readonly language: Speech;
}

export function wordsIn(language: Speech): Words {
  const text = (said: Text): string => render(said, language);
  return Object.assign(<Id extends MessageId>(...saying: Saying<Id>) => text(say(...saying)), {
    text,
    language,
  });
}

/** The words of a text. A name that this process does not know is shown with its values: nothing is lost. */
export function render(text: Text, language: Speech): string {
  if (typeof text === 'string') return text;
  const { id, values = {} } = text;
  if (id === 'said.verbatim') return words(values['words'] ?? '', language);
  const texts = textsInUse();
  const entry: MessageEntry | undefined = Object.hasOwn(texts, id) ? texts[id] : undefined;
  if (entry === undefined) return `${id} ${JSON.stringify(values)}`;
  const template = entry[language];
  const chosen = typeof template === 'string' ? template : template[values['n'] === 1 ? 0 : 1];
  return chosen.replaceAll(
    /( ?)\{([a-z][A-Za-z]*)\}( ?)/g,
    (place, before: string, name: string, after: string) => {
      const value = values[name];
      if (value === undefined) return place;
      const filled = fill(name, value, language);
      if (language === 'en') return `${before}${filled}${after}`;
      return `${wide.start.test(filled) ? '' : before}${filled}${wide.end.test(filled) ? '' : after}`;
    },
  );
}

/** Full-width punctuation, which holds its own space. */
const wide = { start: /^[，：；。？！、（）]/, end: /[，：；。？！、（）]$/ } as const;

/** A label and what follows it. @param paint makes the label stand out */
export function labelled(label: string, text: string, paint = (plain: string): string => plain): string {
  return `${paint(label)}${wide.end.test(label) ? '' : ' '}${text}`;
}

function fill(name: string, value: MessageValue, language: Speech): string {
  if (name === 'lines' && Array.isArray(value)) return lines(value, language);
  if (name === 'clause') return words(value, language).replace(/[.。]$/, '');
  return name === 'n' && typeof value === 'number' ? grouped(value) : words(value, language);
}

/** An amount; ports, lines and ids are places of other names, and stay as they are. */
function grouped(amount: number): string {
  return amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 1 : 0 });
}

const joints = { en: ', ', zh: '、' } as const;

function words(value: MessageValue, language: Speech): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value))
    return value.map((each: MessageValue) => words(each, language)).join(joints[language]);
  return render(value as Text, language);
}

/** What has lines itself goes in with all of them. */
function lines(values: readonly MessageValue[], language: Speech): string {
  return values.map((each) => `\n  ${words(each, language).replaceAll('\n', '\n  ')}`).join('');
}

/** Whether something read back from JSON is a text of the table. */
export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}

const mark = '\u0001';

/** A text as one string, for libraries that take only strings for their messages (zod); `decode` reads it back. */
export function encode(message: Message): string {
  return `${mark}${JSON.stringify(message)}`;
}

/** What `encode` wrote; any other string is given back. */
export function decode(text: string): Text {
  return text.startsWith(mark) ? (JSON.parse(text.slice(1)) as Message) : text;
}
