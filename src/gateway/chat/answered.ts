import type { Answer } from '../../contract/answer.ts';
import { detectLanguage } from '../../text/language.ts';
import { acceptQuestion } from '../../qa/question/input.ts';
import { sendJson, type Exchange } from '../exchange.ts';
import { EventStream } from '../http/sse.ts';
import { streamedAnswer } from '../routes/streamed-answer.ts';
import type { Snapshot } from '../snapshot.ts';
import { usageOf, type CompletionWriter, type Extension } from './completion.ts';
import { questionOf, type ChatBody } from './request.ts';

/** The question-answering service counts no tokens: its parts are more than a model. */
const uncounted = usageOf({ promptTokens: 0, completionTokens: 0, cachedTokens: 0 });

/** A chat with the question-answering service: the user's last message is the question. */
export async function chatWithDocuments(
  exchange: Exchange,
  { qa }: Snapshot,
  body: ChatBody,
  writer: CompletionWriter,
): Promise<void> {
  const { response, signal } = exchange;
  const question = { question: questionOf(body) };
  acceptQuestion(question.question);
  if (body.stream !== true) {
    const answer = await qa.answer(question, { signal });
    signal.throwIfAborted();
    sendJson(response, 200, writer.whole(answer.answer, 'stop', uncounted, extensionOf(answer)));
    return;
  }
  const stream = new EventStream(response);
  let shown = '';
  const show = async (text: string) => {
    if (shown === '') await stream.send(writer.role(), signal);
    const gap = shown === '' || detectLanguage(text) === 'zh' ? '' : ' ';
    shown += gap + text;
    await stream.send(writer.content(gap + text), signal);
  };
  const answer = await streamedAnswer(qa, question, stream, signal, ({ text }) => show(text));
  if (shown === '') await show(answer.answer);
  await stream.send(writer.finish('stop', extensionOf(answer)), signal);
  if (body.stream_options?.include_usage === true) await stream.send(writer.usage(uncounted), signal);
  await stream.send('[DONE]', signal);
  stream.end();
}

function extensionOf({ declined, language, citations, release, timings }: Answer): Extension {
  return { declined, language, citations, release, timings };
}
