import { randomBytes } from 'node:crypto';
import { chatWithDocuments } from '../chat/answered.ts';
import { CompletionWriter } from '../chat/completion.ts';
import { chatWithModel } from '../chat/raw.ts';
import { chatBody, refuseUnsupported } from '../chat/request.ts';
import type { Route } from '../exchange.ts';
import { jsonBody } from '../http/json-body.ts';
import { qaModel, unknownModel } from './models.ts';

/** POST /v1/chat/completions, as OpenAI's clients speak it. */
export const chatRoute: Route = {
  method: 'POST',
  pattern: '/v1/chat/completions',
  serves: true,
  async handle(exchange) {
    const body = await jsonBody(exchange.request, chatBody);
    const snapshot = exchange.live();
    const { generator } = snapshot;
    const raw = body.model !== qaModel && body.model === generator?.name ? generator : undefined;
    if (raw === undefined && body.model !== qaModel) throw unknownModel(body.model, snapshot);
    refuseUnsupported(body);
    const id = `chatcmpl-${randomBytes(12).toString('hex')}`;
    const writer = new CompletionWriter(id, exchange.clock.now(), body.model);
    const { release } = await exchange.admission.acquire(exchange.signal);
    try {
      if (raw === undefined) await chatWithDocuments(exchange, snapshot, body, writer);
      else await chatWithModel(exchange, raw, snapshot.release, body, writer);
    } finally {
      release();
    }
  },
};
