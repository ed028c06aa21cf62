import type { Question } from '../question/question.ts';
import { isCommand, quotableCode } from '../reading/commands.ts';
import type { Page, ReadUnit } from '../reading/page.ts';
import type { Reading } from '../reading/reader.ts';
import type { ScoredUnit } from '../reading/score-units.ts';
import { shortAnswer } from './form.ts';
import { readable, shown } from './readable.ts';
import { leadIn } from './verdict.ts';

/** A sentence of an answer before it is checked, and the retrieved passages (by rank) that it rests on. */
export interface Draft {
  readonly text: string;
  readonly ranks: readonly number[];
}

/** Most items of a list in one answer. */
const mostItems = 8;

/** The few words that answer, where the question asks for few and the reader can be trusted with them. */
export function shortDraft(question: Question, reading: Reading): Draft | undefined {
  const span = shortAnswer(question, reading);
  return span && { text: readable(span.text), ranks: [span.in.page.rank] };
}

/**
 * The best unit with what it cannot be understood without: the sentence that its "it" speaks of, the sentence that
 * introduces its code or list, the code or list that it introduces.
 */
export function quote(question: Question, reading: Reading): Draft[] {
  const best = reading.units[0];
  if (best === undefined) return [];
  const { page, place, unit } = best;
  const ranks = [page.rank];
  const draft = (text: string): Draft => ({ text, ranks });
  if (unit.kind === 'code') return [draft(introduced(page, place))];
  if (unit.kind === 'item' && question.plural) {
    const list = listAround(page, place);
    if (list !== undefined) return [draft(list)];
  }
  const text = withFollowing(question, best);
  const verdict = pointsBack(unit) ? undefined : leadIn(question, unit);
  const before = page.units[place - 1];
  const drafts = [draft(verdict === undefined ? text : `${verdict}${text}`)];
  if (verdict === undefined && before?.kind === 'sentence' && pointsBack(unit) && !/[:：]$/.test(before.text))
    drafts.unshift(draft(shown(before)));
  return drafts;
}

/** Words that speak of the sentence before. */
function pointsBack({ kind, text }: ReadUnit): boolean {
  return (
    kind === 'sentence' &&
    /^(?:(?:It|They|This|These|Those|Both|Its|Their|He|She|The default is)\b|[它这此该其]|两者|默认是|默认为)/u.test(
      text,
    )
  );
}

/** A sentence ending in a colon leads to a list or to code; one that says how is followed by what to type. */
function withFollowing(question: Question, { page, place, unit }: ScoredUnit): string {
  const text = shown(unit);
  const next = page.units[place + 1];
  if (next === undefined || unit.kind === 'row') return text;
  const leads = /[:：]$/.test(unit.text);
  if (next.kind === 'code') {
    const typed = question.kind === 'how-to' || question.sort === 'command';
    const wanted = leads || (typed && isCommand(next) && !/`[^`][^ `]* [^`]+`/.test(unit.text));
    const code = wanted ? quotableCode(next) : undefined;
    return code === undefined ? text : `${text} ${asCode(code)}`;
  }
  if (!leads || next.kind !== 'item') return text;
  return `${text} ${joined(itemsFrom(page, place + 1))}`;
}

function introduced(page: Page, place: number): string {
  const unit = page.units[place];
  const before = page.units[place - 1];
  const code = asCode((unit && quotableCode(unit)) ?? '');
  return before?.kind === 'sentence' && /[:：]$/.test(before.text) ? `${shown(before)} ${code}` : code;
}

/** The whole list that an item stands in, with the sentence that introduces it. */
function listAround(page: Page, place: number): string | undefined {
  let first = place;
  while (page.units[first - 1]?.kind === 'item') first -= 1;
  const before = page.units[first - 1];
  const items = itemsFrom(page, first);
  if (items.length < 2) return undefined;
  return before?.kind === 'sentence' ? `${shown(before)} ${joined(items)}` : joined(items);
}

function itemsFrom(page: Page, first: number): string[] {
  const items: string[] = [];
  for (let at = first; page.units[at]?.kind === 'item' && items.length < mostItems; at += 1) {
    const unit = page.units[at];
    if (unit !== undefined) items.push(shown(unit));
  }
  return items;
}

function joined(items: readonly string[]): string {
  const chinese = /\p{Script=Han}/u.test(items.join(''));
  const bare = items.map((item) => item.replace(/[.;。；]$/u, ''));
  return `${bare.join(chinese ? '；' : '; ')}${chinese ? '。' : '.'}`;
}

function asCode(code: string): string {
  return code.includes('\n') ? `\n\`\`\`\n${code}\n\`\`\`` : `\`${code}\``;
}
