import { z } from 'zod';
import { acceptQuestion } from '../../qa/question/input.ts';
import type { Exchange, Route } from '../exchange.ts';
import { sendJson } from '../exchange.ts';
import { jsonBody } from '../http/json-body.ts';
import { EventStream, wantsEvents } from '../http/sse.ts';
import { streamedAnswer } from './streamed-answer.ts';

const body = z.object({
  question: z.string(),
  language: z.enum(['en', 'zh']).optional(),
  stream: z.boolean().optional(),
});

/** POST /v1/qa: JSON, or events `sentence`, `answer` and `error`. */
export const qaRoute: Route = {
  method: 'POST',
  pattern: '/v1/qa',
  serves: true,
  async handle(exchange: Exchange) {
    const { request, response, signal } = exchange;
    const asked = await jsonBody(request, body);
    acceptQuestion(asked.question);
    const { qa } = exchange.live();
    const { release } = await exchange.admission.acquire(signal);
    const question = { question: asked.question, ...(asked.language && { language: asked.language }) };
    try {
      if (asked.stream ?? wantsEvents(request.headers.accept)) {
        const stream = new EventStream(response);
        const answer = await streamedAnswer(qa, question, stream, signal, (sentence) =>
          stream.send(sentence, signal, 'sentence'),
        );
        await stream.send(answer, signal, 'answer');
        stream.end();
      } else {
        const answer = await qa.answer(question, { signal });
        signal.throwIfAborted();
        sendJson(response, 200, answer);
      }
    } finally {
      release();
    }
  },
};
