import { z } from 'zod';
import { encode, say } from '../../core/messages/message.ts';

const positive = z.number().positive().max(1e6);
const share = z.number().min(0).max(1);
const count = (most: number) => z.int().min(1).max(most);

const model = z.strictObject({
  architecture: z
    .enum(['transformer', 'lstm', 'rnn'])
    .default('transformer')
    .describe(encode(say('setting.train.model.architecture'))),
  layers: count(200)
    .default(4)
    .describe(encode(say('setting.train.model.layers'))),
  width: count(65_536)
    .default(256)
    .describe(encode(say('setting.train.model.width'))),
  heads: count(512)
    .default(4)
    .describe(encode(say('setting.train.model.heads'))),
  kv_heads: count(512)
    .default(2)
    .describe(encode(say('setting.train.model.kv_heads'))),
  inner: count(262_144)
    .default(688)
    .describe(encode(say('setting.train.model.inner'))),
  dropout: share.default(0).describe(encode(say('setting.train.model.dropout'))),
  vocabulary: z
    .int()
    .min(300)
    .max(262_144)
    .default(4096)
    .describe(encode(say('setting.train.model.vocabulary'))),
  head: z
    .enum(['language', 'score'])
    .default('language')
    .describe(encode(say('setting.train.model.head'))),
});

const lora = z.strictObject({
  rank: count(1024)
    .default(16)
    .describe(encode(say('setting.train.lora.rank'))),
  alpha: positive.default(32).describe(encode(say('setting.train.lora.alpha'))),
  dropout: share.default(0).describe(encode(say('setting.train.lora.dropout'))),
  targets: z
    .array(z.string().regex(/^\w{1,60}$/))
    .min(1)
    .max(50)
    .default(['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'])
    .describe(encode(say('setting.train.lora.targets'))),
});

/** What is learnt from; where the rows come from is resolved before a job is described to the trainer. */
const material = {
  loss_on: z
    .enum(['answers', 'all'])
    .default('answers')
    .describe(encode(say('setting.train.data.loss_on'))),
  pack: z
    .boolean()
    .default(true)
    .describe(encode(say('setting.train.data.pack'))),
  isolate: z
    .boolean()
    .default(true)
    .describe(encode(say('setting.train.data.isolate'))),
};

const loss = z.strictObject({
  name: z
    .enum(['cross_entropy', 'mean_squared_error'])
    .default('cross_entropy')
    .describe(encode(say('setting.train.loss.name'))),
  label_smoothing: share.default(0).describe(encode(say('setting.train.loss.label_smoothing'))),
  z_loss: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(encode(say('setting.train.loss.z_loss'))),
});

const penalty = z.strictObject({
  l1: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe(encode(say('setting.train.penalty.l1'))),
  l2: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe(encode(say('setting.train.penalty.l2'))),
});

const optimiser = z.strictObject({
  name: z
    .enum(['gradient_descent', 'sgd', 'adam', 'adamw'])
    .default('adamw')
    .describe(encode(say('setting.train.optimiser.name'))),
  learning_rate: z
    .number()
    .gt(0)
    .max(1000)
    .default(3e-4)
    .describe(encode(say('setting.train.optimiser.learning_rate'))),
  momentum: z
    .number()
    .min(0)
    .lt(1)
    .default(0.9)
    .describe(encode(say('setting.train.optimiser.momentum'))),
  beta1: z
    .number()
    .min(0)
    .lt(1)
    .default(0.9)
    .describe(encode(say('setting.train.optimiser.beta1'))),
  beta2: z
    .number()
    .min(0)
    .lt(1)
    .default(0.95)
    .describe(encode(say('setting.train.optimiser.beta2'))),
  epsilon: z
    .number()
    .gt(0)
    .max(1)
    .default(1e-8)
    .describe(encode(say('setting.train.optimiser.epsilon'))),
  weight_decay: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe(encode(say('setting.train.optimiser.weight_decay'))),
});

const schedule = z.strictObject({
  name: z
    .enum(['constant', 'linear', 'cosine'])
    .default('cosine')
    .describe(encode(say('setting.train.schedule.name'))),
  warmup: z
    .int()
    .min(0)
    .max(1e7)
    .default(0)
    .describe(encode(say('setting.train.schedule.warmup'))),
  floor: share.default(0.1).describe(encode(say('setting.train.schedule.floor'))),
});

const batch = z.strictObject({
  sequences: count(1e6)
    .default(8)
    .describe(encode(say('setting.train.batch.sequences'))),
  micro: count(1e5)
    .default(8)
    .describe(encode(say('setting.train.batch.micro'))),
});

const spikes = z.strictObject({
  action: z
    .enum(['stop', 'skip'])
    .default('stop')
    .describe(encode(say('setting.train.spikes.action'))),
  threshold: z
    .number()
    .gt(1)
    .max(1000)
    .default(4)
    .describe(encode(say('setting.train.spikes.threshold'))),
  window: z
    .int()
    .min(5)
    .max(10_000)
    .default(50)
    .describe(encode(say('setting.train.spikes.window'))),
});

/** A job as the trainer reads it: `job.py` mirrors these keys, and a test compares the two. */
export const trainerJob = z.strictObject({
  name: z.string(),
  source: z
    .enum(['generator', 'scratch'])
    .default('generator')
    .describe(encode(say('setting.train.source'))),
  method: z
    .enum(['lora', 'full'])
    .default('lora')
    .describe(encode(say('setting.train.method'))),
  model: model.prefault({}).describe(encode(say('setting.train.model'))),
  lora: lora.prefault({}).describe(encode(say('setting.train.lora'))),
  data: z.strictObject(material).prefault({}),
  context: z
    .int()
    .min(8)
    .max(1_048_576)
    .default(512)
    .describe(encode(say('setting.train.context'))),
  loss: loss.prefault({}).describe(encode(say('setting.train.loss'))),
  penalty: penalty.prefault({}).describe(encode(say('setting.train.penalty'))),
  optimiser: optimiser.prefault({}).describe(encode(say('setting.train.optimiser'))),
  schedule: schedule.prefault({}).describe(encode(say('setting.train.schedule'))),
  batch: batch.prefault({}).describe(encode(say('setting.train.batch'))),
  steps: z
    .int()
    .min(0)
    .max(1e9)
    .default(0)
    .describe(encode(say('setting.train.steps'))),
  epochs: positive.default(1).describe(encode(say('setting.train.epochs'))),
  clip: z
    .number()
    .min(0)
    .max(1e6)
    .default(1)
    .describe(encode(say('setting.train.clip'))),
  validate: z
    .strictObject({
      every: count(1e9)
        .default(50)
        .describe(encode(say('setting.train.validate.every'))),
      patience: z
        .int()
        .min(0)
        .max(1e6)
        .default(0)
        .describe(encode(say('setting.train.validate.patience'))),
    })
    .prefault({})
    .describe(encode(say('setting.train.validate'))),
  checkpoint: z
    .strictObject({
      every: count(1e9)
        .default(50)
        .describe(encode(say('setting.train.checkpoint.every'))),
      keep: count(100)
        .default(2)
        .describe(encode(say('setting.train.checkpoint.keep'))),
    })
    .prefault({})
    .describe(encode(say('setting.train.checkpoint'))),
  spikes: spikes.prefault({}).describe(encode(say('setting.train.spikes'))),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0)
    .describe(encode(say('setting.train.seed'))),
  device: z
    .enum(['auto', 'cpu', 'cuda'])
    .default('auto')
    .describe(encode(say('setting.train.device'))),
  precision: z
    .enum(['auto', 'float32', 'bfloat16'])
    .default('auto')
    .describe(encode(say('setting.train.precision'))),
  compile: z
    .boolean()
    .default(false)
    .describe(encode(say('setting.train.compile'))),
  processes: count(64)
    .default(1)
    .describe(encode(say('setting.train.processes'))),
  sharding: z
    .enum(['ddp', 'fsdp'])
    .default('ddp')
    .describe(encode(say('setting.train.sharding'))),
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
    .describe(encode(say('setting.train.name'))),
  data: z
    .strictObject({
      documents: z
        .boolean()
        .default(false)
        .describe(encode(say('setting.train.data.documents'))),
      examples: z
        .array(path.describe(encode(say('setting.train.data.example'))))
        .max(100)
        .default([])
        .describe(encode(say('setting.train.data.examples'))),
      ...material,
    })
    .describe(encode(say('setting.train.data'))),
  export: z
    .array(z.enum(quantisations))
    .max(3)
    .refine((list) => new Set(list).size === list.length, { error: encode(say('section.form-twice')) })
    .default([])
    .describe(encode(say('setting.train.export'))),
});

export type JobEntry = z.infer<typeof jobEntry>;

/** What the trainer needs to know of a job. */
export function trainerJobOf({ export: _, ...job }: JobEntry): TrainerJob {
  const { loss_on, pack, isolate } = job.data;
  const method = job.source === 'scratch' ? 'full' : job.method;
  return { ...job, method, data: { loss_on, pack, isolate } };
}
