import type { Ports, StageContext, StagePlan } from '../flow/stage.ts';
import { declinedText } from './answering/declined.ts';
import { answerPrompts } from './generation/prompt.ts';
import { qaSettingsOf, type QaSection } from './section.ts';
import { largestGlossary } from './translation/glossary.ts';

type Context = StageContext<{ readonly qa: QaSection }>;

export function planAnswering(context: Context): StagePlan {
  return { gives: { answering: () => answering(context) } };
}

async function answering({ values: { qa }, trust }: Context): Promise<Ports['answering']> {
  const settings = qaSettingsOf(qa);
  const { en, zh } = answerPrompts(settings.prompts);
  const prompts = {
    en: { ...en, declined: declinedText('en') },
    zh: { ...zh, declined: declinedText('zh') },
  };
  if (qa.glossary === undefined) return { settings, prompts };
  const glossary = await (await trust.open(qa.glossary, largestGlossary)).whole();
  return { settings: { ...settings, glossary: glossary.toString('utf8') }, prompts };
}
