import type { LlamaContextSequence, LlamaEmbeddingContext, LlamaGrammar } from 'node-llama-cpp';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { Semaphore } from '../core/semaphore.ts';
import type { Engine, EngineLoad } from './engine.ts';
import type { CompletionEvent } from '../contract/generator.ts';
import type { CompletionBody } from './completion.ts';
import type { ModelInfo, ResolvedModelSettings } from './settings.ts';
import { decode, sharedPrefix } from './decode.ts';
import { openContext } from './context.ts';
import { loadModel, type LoadedModel } from './load.ts';
import { PromptWriter } from './prompt.ts';

/** Prompt tokens in one native call: large enough for full speed, small enough to stop soon after a client left. */
const batchSize = 512;

/** Loads the model that the settings name and makes its slots. */
export async function openLlamaEngine(settings: ResolvedModelSettings): Promise<Engine> {
  const loaded = await loadModel(settings);
  const trained = loaded.model.trainContextSize;
  const context = trained > 0 ? Math.min(settings.context, trained) : settings.context;
  return settings.mode === 'embed'
    ? embeddingEngine(loaded, settings, context)
    : generatingEngine(loaded, settings, context);
}

async function generatingEngine(
  loaded: LoadedModel,
  settings: ResolvedModelSettings,
  context: number,
): Promise<Engine> {
  const { module, llama, model } = loaded;
  const llamaContext = await openContext(loaded, settings, context, batchSize);
  const sequences = Array.from({ length: settings.slots }, () => llamaContext.getSequence());
  const slots = slotsOf<LlamaContextSequence>(sequences, settings.queue);
  const writer = new PromptWriter(module, model, context);
  let progress = 0;
  const onProgress = (tokens: number) => void (progress += tokens);

  return {
    info: infoOf(loaded, context, writer.hasTemplate),
    load: () => loadOf(slots, progress),
    async *complete(request: CompletionBody, signal: AbortSignal): AsyncGenerator<CompletionEvent> {
      const tokens = writer.tokens(request);
      const grammar = request.grammar === undefined ? undefined : await parseGrammar(request.grammar);
      const turn = await slots.acquire(signal, (slot) => sharedPrefix(slot, tokens));
      try {
        const decoding = {
          module,
          sequence: turn.resource,
          tokens,
          request,
          grammar,
          batch: batchSize,
          onProgress,
        };
        yield* decode(decoding, signal);
      } finally {
        turn.release();
      }
    },
    embed: () => {
      throw new TowpathError('TOW_SERVE_REPLICA_BAD_REQUEST', say('replica.no-vectors'));
    },
  };

  async function parseGrammar(grammar: string): Promise<LlamaGrammar> {
    try {
      return await llama.createGrammar({ grammar });
    } catch (cause) {
      throw new TowpathError('TOW_SERVE_REPLICA_BAD_REQUEST', say('replica.grammar'), {
        cause,
        data: { param: 'grammar' },
      });
    }
  }
}

async function embeddingEngine(
  loaded: LoadedModel,
  settings: ResolvedModelSettings,
  context: number,
): Promise<Engine> {
  const { model } = loaded;
  const size = model.embeddingVectorSize;
  const embedding = await model.createEmbeddingContext({
    contextSize: context,
    threads: settings.threads,
    batchSize: context,
  });
  // One text at a time: the binding evaluates an embedding context under a single lock anyway.
  const slots = slotsOf<LlamaEmbeddingContext>([embedding], settings.queue);
  let progress = 0;

  return {
    info: infoOf(loaded, context, false),
    load: () => loadOf(slots, progress),
    complete: () => {
      throw new TowpathError('TOW_SERVE_REPLICA_BAD_REQUEST', say('replica.no-text'));
    },
    async embed(texts, signal) {
      const inputs = texts.map((text) => model.tokenize(text).slice(0, context - 2));
      const { resource: slot, release } = await slots.acquire(signal);
      try {
        const vectors: number[][] = [];
        for (const input of inputs) {
          signal.throwIfAborted();
          // The binding gives a text without tokens no vector; nought is like nothing and keeps the length.
          const { vector } = await slot.getEmbeddingFor(input);
          progress++;
          vectors.push(vector.length === 0 ? new Array<number>(size).fill(0) : normalised(vector));
        }
        return vectors;
      } finally {
        release();
      }
    },
  };
}

function infoOf({ llama, model }: LoadedModel, context: number, chatTemplate: boolean): ModelInfo {
  const { architecture } = model.fileInfo.metadata.general;
  return { architecture, context, chatTemplate, vectorSize: model.embeddingVectorSize, gpu: llama.gpu };
}

function slotsOf<T>(resources: readonly T[], queue: number): Semaphore<T> {
  return new Semaphore(resources, {
    queue,
    full: ({ busy, waiting }) =>
      new TowpathError('TOW_SERVE_REPLICA_BUSY', say('serve.slots-taken', { slots: busy, waiting })),
  });
}

function loadOf<T>(slots: Semaphore<T>, progress: number): EngineLoad {
  return { slots: slots.size, busy: slots.busy, waiting: slots.waiting, queue: slots.queue, progress };
}

/** Length 1, so that a dot product is a cosine. */
function normalised(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? [...vector] : vector.map((value) => value / length);
}
