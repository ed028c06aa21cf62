import {
  isMessage,
  render,
  say,
  verbatim,
  type Message,
  type Speech,
  type Text,
} from '../messages/message.ts';
import type { ErrorCode } from './code.ts';
import { exitCodes, type ErrorKind } from './entry.ts';
import { entryOf, isErrorCode } from './registry.ts';

export interface ErrorDetails {
  /** Where: `towpath.yaml:12:3`, a source file and line; a step or a source as a message. */
  readonly where?: Text;
  /** What to do now, in this very case; without it the registry's remedy stands. */
  readonly hint?: Message;
  readonly cause?: unknown;
  /** Figures and names for machines (`--json`); never secrets. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The plain form in which an error crosses a process boundary or is stored. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly where?: string;
  readonly hint?: string;
  readonly causes?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  /** What message, hint and place are made of, for whoever shows them in another language; all stand above in English. */
  readonly texts?: { readonly message?: Message; readonly hint?: Message; readonly where?: Message };
  /** The same for the causes, all of them, where some were said by us. */
  readonly causeTexts?: readonly Text[];
}

/** An error that has no code yet: whoever catches it makes one of its `textOf`. */
export class SaidError extends Error {
  readonly text: Message;

  constructor(text: Message, options: { readonly cause?: unknown } = {}) {
    super(render(text, 'en'), options);
    this.name = 'SaidError';
    this.text = text;
  }
}

/** An error with a registered code: what is wrong, where, and what to do. */
export class TowpathError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly hint: string;
  readonly texts: NonNullable<ErrorRecord['texts']>;
  readonly data: Readonly<Record<string, unknown>> | undefined;

  /** @param message one sentence that names what is wrong with its actual values, without a full stop */
  constructor(code: ErrorCode, message: Message, details: ErrorDetails = {}) {
    super(render(message, 'en'), { cause: details.cause });
    this.name = 'TowpathError';
    this.code = code;
    this.where = details.where === undefined ? undefined : render(details.where, 'en');
    this.hint = render(details.hint ?? remedyOf(code), 'en');
    this.texts = {
      ...(isSaidByUs(message) && { message }),
      ...(isSaidByUs(details.hint) && { hint: details.hint }),
      ...(isSaidByUs(details.where) && { where: details.where }),
    };
    this.data = details.data;
  }

  /** The hint for whoever reads it. */
  get hintText(): Message {
    return this.texts.hint ?? hintOf(this.code, this.hint);
  }

  /** The place for whoever reads it. */
  get whereText(): Text | undefined {
    return this.texts.where ?? this.where;
  }

  get kind(): ErrorKind {
    return entryOf(this.code).kind;
  }

  get exitCode(): number {
    return exitCodes[this.kind];
  }

  get httpStatus(): number {
    return entryOf(this.code).http ?? (this.kind === 'fault' ? 500 : 400);
  }

  toRecord(): ErrorRecord {
    const said = causeChain(this.cause);
    const causes = said.map((text) => render(text, 'en'));
    return {
      code: this.code,
      kind: this.kind,
      message: this.message,
      ...(this.where !== undefined && { where: this.where }),
      hint: this.hint,
      ...(causes.length > 0 && { causes }),
      ...(this.data !== undefined && { data: this.data }),
      ...(Object.keys(this.texts).length > 0 && { texts: this.texts }),
      ...(said.some(isSaidByUs) && { causeTexts: said }),
    };
  }

  static fromRecord(record: ErrorRecord): TowpathError {
    const { message = record.message, hint = record.hint, where = record.where } = record.texts ?? {};
    const { causeTexts: causes = record.causes } = record;
    const code = isErrorCode(record.code) ? record.code : 'TOW_APP_INTERNAL';
    return new TowpathError(code, verbatim(message), {
      ...(where !== undefined && { where }),
      ...(hint !== undefined && { hint: verbatim(hint) }),
      ...(record.data !== undefined && { data: record.data }),
      ...(causes?.length && { cause: new SaidError(verbatim(causes.reduceRight(followedBy))) }),
    });
  }
}

/** Anything thrown, as an error with a code: what has none is a fault of ours and keeps its stack as cause. */
export function asTowpathError(thrown: unknown): TowpathError {
  if (thrown instanceof TowpathError) return thrown;
  return new TowpathError('TOW_APP_INTERNAL', messageOf(thrown), { cause: thrown });
}

/** What was said by whatever was thrown, still for any reader where it can be. */
export function textOf(thrown: unknown): Text {
  if (thrown instanceof TowpathError) return thrown.texts.message ?? thrown.message;
  if (thrown instanceof SaidError) return thrown.text;
  return withoutSources(thrown instanceof Error ? thrown.message : String(thrown));
}

/** Compiled libraries name the line of their own source, on the machine that built them: nothing to anybody here. */
function withoutSources(words: string): string {
  return words.replaceAll(/[,;]?(?: at)? \/[^\s:]+\.(?:rs|c|cc|cpp|h|hpp|go):\d+(?::\d+)?/g, '');
}

/** The same as a message, which says something in any case. */
export function messageOf(thrown: unknown): Message {
  return verbatim(textOf(thrown) || say('error.without-message'));
}

interface Said {
  readonly message: string;
  readonly where?: string;
  readonly hint: string;
  readonly causes: readonly string[];
}

/** An error in the language of whoever reads it; words of other programs stay as they are. */
export function saidIn(record: ErrorRecord, language: Speech): Said {
  const {
    message = record.message,
    hint = hintOf(record.code, record.hint ?? ''),
    where = record.where,
  } = record.texts ?? {};
  const causes = record.causeTexts ?? record.causes ?? [];
  return {
    message: render(message, language),
    ...(where !== undefined && { where: render(where, language) }),
    hint: render(hint, language),
    causes: causes.map((cause) => render(cause, language)),
  };
}

/** Words of other programs stand in the message already. */
function isSaidByUs(text: Text | undefined): text is Message {
  return isMessage(text) && text.id !== 'said.verbatim';
}

function followedBy(rest: Text, cause: Text): Text {
  return say('error.causes', { cause, rest });
}

function remedyOf(code: ErrorCode): Message {
  return say(`remedy.${code}`);
}

/** The remedy of a code is known by its English words: a record holds no more of it. */
function hintOf(code: ErrorCode, hint: string): Message {
  const remedy = remedyOf(code);
  return hint === render(remedy, 'en') ? remedy : verbatim(hint);
}

function causeChain(cause: unknown): Text[] {
  const chain: Text[] = [];
  let current = cause;
  while (current instanceof Error && chain.length < 5) {
    chain.push(textOf(current));
    current = current.cause;
  }
  return chain;
}
