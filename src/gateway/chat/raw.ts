import { asTowpathError, SaidError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { FinishReason, GenerateRequest, TokenUsage } from '../../contract/generator.ts';
import { sendJson, type Exchange } from '../exchange.ts';
import { ClientLeft } from '../http/client-left.ts';
import { EventStream } from '../http/sse.ts';
import type { Snapshot } from '../snapshot.ts';
import { usageOf, type CompletionWriter } from './completion.ts';
import { messagesOf, type ChatBody } from './request.ts';

interface Ending {
  readonly finish: FinishReason;
  readonly usage: TokenUsage;
}

/** A chat with the release's own model, without documents. */
export async function chatWithModel(
  exchange: Exchange,
  generator: NonNullable<Snapshot['generator']>,
  release: string,
  body: ChatBody,
  writer: CompletionWriter,
): Promise<void> {
  const { response, signal, clock, metrics } = exchange;
  const stream = body.stream === true ? new EventStream(response) : undefined;
  const began = clock.monotonic();
  let firstToken: number | undefined;
  let ending: Ending | undefined;
  let whole = '';
  const facts = () => ({
    ...{ release, model: generator.name, seconds: (clock.monotonic() - began) / 1000 },
    ...(firstToken !== undefined && { firstToken: (firstToken - began) / 1000 }),
    ...ending,
  });
  try {
    for await (const event of generator.model.complete(requestOf(body, generator.context), signal)) {
      if (event.text === undefined) ending = event;
      else {
        if (firstToken === undefined) {
          firstToken = clock.monotonic();
          await stream?.send(writer.role(), signal);
        }
        if (stream === undefined) whole += event.text;
        else await stream.send(writer.content(event.text), signal);
      }
    }
  } catch (error) {
    metrics.completion({
      ...facts(),
      error: error instanceof ClientLeft ? 'client_left' : asTowpathError(error).code,
    });
    throw error;
  }
  metrics.completion(facts());
  if (ending === undefined) throw new SaidError(say('gateway.no-end'));
  const usage = usageOf(ending.usage);
  if (stream === undefined) {
    sendJson(response, 200, writer.whole(whole, ending.finish, usage));
    return;
  }
  if (firstToken === undefined) await stream.send(writer.role(), signal);
  await stream.send(writer.finish(ending.finish), signal);
  if (body.stream_options?.include_usage === true) await stream.send(writer.usage(usage), signal);
  await stream.send('[DONE]', signal);
  stream.end();
}

function requestOf(body: ChatBody, context: number): GenerateRequest {
  const stop = body.stop === undefined ? [] : [body.stop].flat().filter((text) => text !== '');
  return {
    messages: messagesOf(body),
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? context,
    temperature: body.temperature ?? 0,
    stop,
    ...(body.top_p !== undefined && { topP: body.top_p }),
    // OpenAI's seeds may be negative and of 64 bits; the sampler takes 32.
    ...(body.seed !== undefined && { seed: body.seed >>> 0 }),
  };
}
