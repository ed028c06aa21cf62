import type { Generator } from '../../contract/generator.ts';
import type { Draft } from '../answering/compose.ts';
import { answers } from '../checking/answers.ts';
import { unsupported } from '../checking/support.ts';
import type { Question } from '../question/question.ts';
import type { QaSettings } from '../settings.ts';
import { promptFor } from './prompt.ts';
import { sentenceStream } from './sentence-stream.ts';

/** Most sentences taken from a model: what it adds after them is rarely about the question. */
const longest = 3;

/**
 * The quoted sentences as a model phrases them: those of its sentences that the quoted ones support, as they come.
 * Ends at the first sentence that is not supported; yields nothing when the first is not, or does not answer.
 */
export async function* phrase(
  generator: Generator,
  question: Question,
  quoted: readonly Draft[],
  settings: QaSettings,
  signal: AbortSignal,
  check: <T>(work: () => T) => T = (work) => work(),
): AsyncGenerator<Draft> {
  const material = quoted.map(({ text }) => text);
  const pieces = generator.generate(
    {
      messages: promptFor(question, material, settings.prompts),
      maxTokens: settings.maxTokens,
      temperature: settings.temperature,
    },
    signal,
  );
  const said = new Set<string>();
  for await (const sentence of sentenceStream(pieces)) {
    const first = said.size === 0;
    const passes = check(
      () =>
        unsupported(sentence, material, question.text) === undefined &&
        (!first || answers(question, sentence, material)),
    );
    if (!passes || said.has(sentence)) return;
    said.add(sentence);
    yield { text: sentence, ranks: [...new Set(quoted.flatMap(({ ranks }) => ranks))] };
    if (said.size === longest) return;
  }
}
