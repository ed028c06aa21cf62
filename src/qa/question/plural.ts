import type { Gap } from './kinds.ts';

/** Whether a question asks for several things: a list answers it better than one of its items. */
export function asksForSeveral(question: string, gap: Gap): boolean {
  if (/哪些|哪几|有什么(?!用|作用)|分别|都有什么|列出/u.test(question)) return true;
  const asking = question.slice(gap.start).toLowerCase();
  return (
    /^(?:what|which) are\b/.test(asking) ||
    /^(?:what|which) (?:[\w-]+ ){0,2}?(?!(?:does|was|has)\b)[a-z]{3,}(?<![su])s(?: of (?:an? |the )?[\w-]+)? (?:are|is|were|can|do|have|must|may|should|will|exist)\b/.test(
      asking,
    ) ||
    /\b(?:list|name) (?:all|the|every)\b/.test(asking)
  );
}
