import type { ChatHistoryItem, ChatWrapper, LlamaModel, Token } from 'node-llama-cpp';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { ChatMessage } from '../contract/generator.ts';
import type { CompletionBody } from './completion.ts';
import type { LlamaModule } from './load.ts';

/** Turns requests into tokens of one model. */
export class PromptWriter {
  readonly hasTemplate: boolean;
  readonly #model: LlamaModel;
  readonly #wrapper: ChatWrapper;
  readonly #context: number;

  constructor(module: LlamaModule, model: LlamaModel, context: number) {
    const metadata: { readonly tokenizer?: { readonly chat_template?: unknown } } = model.fileInfo.metadata;
    const template = metadata.tokenizer?.chat_template;
    this.#model = model;
    this.#context = context;
    this.hasTemplate = typeof template === 'string' && template !== '';
    this.#wrapper = this.hasTemplate
      ? templateWrapper(module, model, template as string)
      : new module.GeneralChatWrapper();
  }

  /** @throws TOW_SERVE_REPLICA_PROMPT_TOO_LONG when the prompt leaves no room for an answer */
  tokens(request: CompletionBody): Token[] {
    const tokens = request.messages ? this.#chat(request.messages) : this.#raw(request.prompt ?? '');
    if (tokens.length === 0) {
      throw new TowpathError('TOW_SERVE_REPLICA_BAD_REQUEST', say('replica.no-prompt'), {
        data: { param: 'prompt' },
      });
    }
    if (tokens.length >= this.#context) {
      throw new TowpathError(
        'TOW_SERVE_REPLICA_PROMPT_TOO_LONG',
        say('serve.prompt-long', { tokens: tokens.length, context: this.#context }),
        { data: { promptTokens: tokens.length, context: this.#context } },
      );
    }
    return tokens;
  }

  #raw(prompt: string): Token[] {
    const { bos, shouldPrependBosToken } = this.#model.tokens;
    const tokens = this.#model.tokenize(prompt, true);
    return bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }

  /** Template text becomes special tokens, message text never does: a question cannot end its own turn. */
  #chat(messages: readonly ChatMessage[]): Token[] {
    const chatHistory: ChatHistoryItem[] = messages.map((message) =>
      message.role === 'assistant'
        ? { type: 'model', response: [message.content] }
        : { type: message.role, text: message.content },
    );
    if (messages.at(-1)?.role !== 'assistant') chatHistory.push({ type: 'model', response: [''] });
    const { contextText } = this.#wrapper.generateContextState({ chatHistory });
    const tokens = contextText.tokenize(this.#model.tokenizer);
    const { bos, shouldPrependBosToken } = this.#model.tokens;
    return bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }
}

/** The model's own template; when the Jinja engine cannot run it, the nearest of the library's own for that family. */
function templateWrapper(module: LlamaModule, model: LlamaModel, template: string): ChatWrapper {
  try {
    return new module.JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`the model's chat template does not run (${why}); using the family's own\n`);
    return module.resolveChatWrapper(model);
  }
}
