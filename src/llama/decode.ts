import type { LlamaContextSequence, LlamaGrammar, Token } from 'node-llama-cpp';
import type { CompletionEvent, FinishReason } from '../contract/generator.ts';
import type { CompletionBody } from './completion.ts';
import { StopStrings } from './stop-strings.ts';
import { TokenText } from './token-text.ts';
import type { LlamaModule } from './load.ts';

export interface Decoding {
  readonly module: LlamaModule;
  readonly sequence: LlamaContextSequence;
  readonly tokens: readonly Token[];
  readonly request: CompletionBody;
  readonly grammar: LlamaGrammar | undefined;
  /** Prompt tokens fed at a time: between them the signal is looked at. */
  readonly batch: number;
  /** Told of tokens as they are read and written. */
  readonly onProgress: (tokens: number) => void;
}

/** Tokens at the start of the prompt whose state the sequence already holds. */
export function sharedPrefix(sequence: LlamaContextSequence, tokens: readonly Token[]): number {
  const held = sequence.contextTokens;
  const most = Math.min(held.length, tokens.length);
  let shared = 0;
  while (shared < most && held[shared] === tokens[shared]) shared++;
  return shared;
}

/** Decodes one request on one sequence: text as it comes, then how it ended. */
export async function* decode(decoding: Decoding, signal: AbortSignal): AsyncGenerator<CompletionEvent> {
  const { sequence, tokens, request, batch, onProgress } = decoding;
  // The last prompt token is always evaluated anew: its logits are what the first word is drawn from.
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  const cachedTokens = sequence.nextTokenIndex;
  let fed = cachedTokens;
  for (; tokens.length - fed > batch; fed += batch) {
    signal.throwIfAborted();
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(fed, fed + batch));
    onProgress(batch);
  }
  signal.throwIfAborted();

  const { model } = sequence;
  const text = new TokenText<Token>((some, before) => model.detokenize(some, false, before), tokens);
  const stops = new StopStrings(request.stop);
  const room = Math.min(request.maxTokens, sequence.contextSize - tokens.length);
  let completionTokens = 0;
  let finish: FinishReason = 'stop';
  for await (const token of sequence.evaluate(tokens.slice(fed), samplingOptions(decoding))) {
    signal.throwIfAborted();
    completionTokens++;
    onProgress(1);
    const shown = stops.push(text.push(token));
    if (shown !== '') yield { text: shown };
    if (stops.stopped) break;
    if (completionTokens >= room) {
      finish = 'length';
      break;
    }
  }
  const rest = stops.push(text.end()) + stops.end();
  if (rest !== '') yield { text: rest };
  yield { finish, usage: { promptTokens: tokens.length, cachedTokens, completionTokens } };
}

function samplingOptions({ module, sequence, request, grammar }: Decoding) {
  return {
    temperature: request.temperature,
    seed: request.seed,
    ...(request.topP !== undefined && { topP: request.topP }),
    ...(request.topK !== undefined && { topK: request.topK }),
    ...(request.minP !== undefined && { minP: request.minP }),
    ...(grammar !== undefined && {
      grammarEvaluationState: new module.LlamaGrammarEvaluationState({ model: sequence.model, grammar }),
    }),
  };
}
