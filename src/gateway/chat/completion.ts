import type { Answer } from '../../contract/answer.ts';
import type { FinishReason, TokenUsage } from '../../contract/generator.ts';

/** What Towpath adds to a chat completion of the question-answering service. */
export type Extension = Pick<Answer, 'declined' | 'language' | 'citations' | 'release' | 'timings'>;

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
}

export function usageOf({ promptTokens, completionTokens, cachedTokens }: TokenUsage): Usage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

/** Writes the objects of one chat completion: id, time and model stay the same from the first to the last. */
export class CompletionWriter {
  readonly #head: { readonly id: string; readonly created: number; readonly model: string };

  constructor(id: string, now: number, model: string) {
    this.#head = { id, created: Math.floor(now / 1000), model };
  }

  whole(content: string, finish: FinishReason, usage?: Usage, towpath?: Extension) {
    return {
      ...this.#head,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null },
          logprobs: null,
          finish_reason: finish,
        },
      ],
      ...(usage && { usage }),
      ...(towpath && { towpath }),
    };
  }

  /** The role comes first, by itself. */
  role() {
    return this.#chunk({ role: 'assistant', content: '' }, null);
  }

  content(content: string) {
    return this.#chunk({ content }, null);
  }

  finish(finish: FinishReason, towpath?: Extension) {
    return { ...this.#chunk({}, finish), ...(towpath && { towpath }) };
  }

  /** The extra chunk that `stream_options.include_usage` asks for: no choices. */
  usage(usage: Usage) {
    return { ...this.#head, object: 'chat.completion.chunk', choices: [], usage };
  }

  #chunk(delta: Readonly<Record<string, string>>, finish: FinishReason | null) {
    return {
      ...this.#head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    };
  }
}
