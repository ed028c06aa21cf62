import { z } from 'zod';
import { encode, say } from '../../core/messages/message.ts';

const positive = z.number().positive().max(1e6);
const share = z.number().min(0).max(1);
const count = (most: number) => z.int().min(1).max(most);

const model = z.strictObject({
  architecture: z
    .enum(['transformer', 'lstm', 'rnn'])
    .default('transformer')
    .describe('Kind of language model.'),
  layers: count(200).default(4).describe('Blocks, or recurrent layers.'),
  width: count(65_536).default(256).describe('Size of a hidden state.'),
  heads: count(512).default(4).describe('Attention heads; width is a multiple of it. Transformer only.'),
  kv_heads: count(512)
    .default(2)
    .describe('Heads of keys and values, shared by groups of heads. Transformer only.'),
  inner: count(262_144).default(688).describe('Width inside the feed-forward part. Transformer only.'),
  dropout: share.default(0).describe('Share of activations left out while training.'),
  vocabulary: z
    .int()
    .min(300)
    .max(262_144)
    .default(4096)
    .describe('Tokens of the tokenizer made from the data.'),
  head: z
    .enum(['language', 'score'])
    .default('language')
    .describe('What it says: the next token, or one number for a text.'),
});

const lora = z.strictObject({
  rank: count(1024).default(16).describe('Rank of the adapter’s matrices.'),
  alpha: positive.default(32).describe('Weight of the adapter: alpha / rank times its product.'),
  dropout: share.default(0).describe('Dropout in front of the adapter.'),
  targets: z
    .array(z.string().regex(/^\w{1,60}$/))
    .min(1)
    .max(50)
    .default(['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'])
    .describe('Layers that get one, by the names of the model.'),
});

/** What is learnt from; where the rows come from is resolved before a job is described to the trainer. */
const material = {
  loss_on: z
    .enum(['answers', 'all'])
    .default('answers')
    .describe('Tokens that count: the answers of examples, or everything.'),
  pack: z.boolean().default(true).describe('Several short examples share one sequence.'),
  isolate: z.boolean().default(true).describe('Examples that share a sequence do not see each other.'),
};

const loss = z.strictObject({
  name: z
    .enum(['cross_entropy', 'mean_squared_error'])
    .default('cross_entropy')
    .describe('mean_squared_error goes with a score head.'),
  label_smoothing: share.default(0).describe('Share of the target spread over all tokens.'),
  z_loss: z.number().min(0).max(1).default(0).describe('Weight of log²Z, which keeps logits from drifting.'),
});

const penalty = z.strictObject({
  l1: z.number().min(0).max(10).default(0).describe('Adds l1 · Σ|w| to the loss; with l2, the elastic net.'),
  l2: z.number().min(0).max(10).default(0).describe('Adds l2 · Σw² to the loss.'),
});

const optimiser = z.strictObject({
  name: z
    .enum(['gradient_descent', 'sgd', 'adam', 'adamw'])
    .default('adamw')
    .describe('How weights follow the gradient.'),
  learning_rate: z.number().gt(0).max(1000).default(3e-4).describe('Largest learning rate of the schedule.'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('Momentum of sgd.'),
  beta1: z.number().min(0).lt(1).default(0.9).describe('Decay of the mean gradient: adam and adamw.'),
  beta2: z
    .number()
    .min(0)
    .lt(1)
    .default(0.95)
    .describe('Decay of the mean squared gradient: adam and adamw.'),
  epsilon: z.number().gt(0).max(1).default(1e-8).describe('Keeps the division of adam and adamw finite.'),
  weight_decay: z.number().min(0).max(10).default(0).describe('Decoupled weight decay, on matrices only.'),
});

const schedule = z.strictObject({
  name: z
    .enum(['constant', 'linear', 'cosine'])
    .default('cosine')
    .describe('Curve of the learning rate after warm-up.'),
  warmup: z.int().min(0).max(1e7).default(0).describe('Steps in which the learning rate rises to its peak.'),
  floor: share.default(0.1).describe('What is left of the learning rate at the end.'),
});

const batch = z.strictObject({
  sequences: count(1e6).default(8).describe('Sequences per step, over all processes.'),
  micro: count(1e5)
    .default(8)
    .describe('Sequences in one forward pass; halved by itself when memory runs out, with the same result.'),
});

const spikes = z.strictObject({
  action: z
    .enum(['stop', 'skip'])
    .default('stop')
    .describe('On a loss that jumps or is no number: stop, or roll back and leave its batch out.'),
  threshold: z
    .number()
    .gt(1)
    .max(1000)
    .default(4)
    .describe('Times the median loss of the window that is a jump.'),
  window: z.int().min(5).max(10_000).default(50).describe('Steps that the median is taken over.'),
});

/** A job as the trainer reads it: `job.py` mirrors these keys, and a test compares the two. */
export const trainerJob = z.strictObject({
  name: z.string(),
  source: z
    .enum(['generator', 'scratch'])
    .default('generator')
    .describe('What training starts from: models.generator, or nothing.'),
  method: z
    .enum(['lora', 'full'])
    .default('lora')
    .describe('Adapters beside frozen weights, or every weight. From scratch it is always every weight.'),
  model: model.prefault({}).describe('Shape of a model from scratch.'),
  lora: lora.prefault({}).describe('Low-rank adapters.'),
  data: z.strictObject(material).prefault({}),
  context: z.int().min(8).max(1_048_576).default(512).describe('Tokens of one sequence.'),
  loss: loss.prefault({}).describe('What is minimised.'),
  penalty: penalty.prefault({}).describe('Penalties on the weights.'),
  optimiser: optimiser.prefault({}).describe('The optimiser.'),
  schedule: schedule.prefault({}).describe('The learning rate over time.'),
  batch: batch.prefault({}).describe('Sequences at a time.'),
  steps: z.int().min(0).max(1e9).default(0).describe('Steps of the optimiser; 0 takes epochs.'),
  epochs: positive.default(1).describe('Passes over the data, where steps is 0.'),
  clip: z.number().min(0).max(1e6).default(1).describe('Largest norm of the gradient; 0 does not clip.'),
  validate: z
    .strictObject({
      every: count(1e9).default(50).describe('Steps between validations.'),
      patience: z
        .int()
        .min(0)
        .max(1e6)
        .default(0)
        .describe('Validations without a better loss after which training stops; 0 never stops early.'),
    })
    .prefault({})
    .describe('The validation loss; the best checkpoint is the result.'),
  checkpoint: z
    .strictObject({
      every: count(1e9).default(50).describe('Steps between checkpoints.'),
      keep: count(100).default(2).describe('Checkpoints kept beside the best one.'),
    })
    .prefault({})
    .describe('What a job resumes from.'),
  spikes: spikes.prefault({}).describe('What happens when the loss jumps.'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0)
    .describe('Decides weights, dropout and the order of the data.'),
  device: z
    .enum(['auto', 'cpu', 'cuda'])
    .default('auto')
    .describe('Where it runs: auto takes CUDA where it is.'),
  precision: z
    .enum(['auto', 'float32', 'bfloat16'])
    .default('auto')
    .describe('Numbers of the matrix products: auto is bfloat16 on CUDA, float32 on the CPU.'),
  compile: z.boolean().default(false).describe('Compile the model first (torch.compile): worth it on a GPU.'),
  processes: count(64).default(1).describe('Processes that share the batch: one for each GPU.'),
  sharding: z
    .enum(['ddp', 'fsdp'])
    .default('ddp')
    .describe('Several processes: each holds the whole model, or each a part (FSDP2).'),
});

export type TrainerJob = z.infer<typeof trainerJob>;

const path = z
  .string()
  .min(1)
  .refine((text) => !text.startsWith('/') && !text.split(/[\\/]/).includes('..'), {
    error: encode(say('section.project-path')),
  });

export const quantisations = ['f16', 'q8_0', 'q4_0'] as const;
export type Quantisation = (typeof quantisations)[number];

/** A job as `towpath.yaml` holds it. */
export const jobEntry = trainerJob.extend({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: encode(say('section.job-name')) })
    .describe('Name of the job, and of its steps.'),
  data: z
    .strictObject({
      documents: z.boolean().default(false).describe('Learn the text of the prepared documents.'),
      examples: z
        .array(path.describe('A JSONL file of examples.'))
        .max(100)
        .default([])
        .describe('Files of examples: chats, questions with passages and answers, texts, scored texts.'),
      ...material,
    })
    .describe('What is learnt from: documents or examples.'),
  export: z
    .array(z.enum(quantisations))
    .max(3)
    .refine((list) => new Set(list).size === list.length, { error: encode(say('section.form-twice')) })
    .default([])
    .describe('GGUF files to make of the result, each checked against it. An adapter always gets one.'),
});

export type JobEntry = z.infer<typeof jobEntry>;

/** What the trainer needs to know of a job. */
export function trainerJobOf({ export: _, ...job }: JobEntry): TrainerJob {
  const { loss_on, pack, isolate } = job.data;
  const method = job.source === 'scratch' ? 'full' : job.method;
  return { ...job, method, data: { loss_on, pack, isolate } };
}
