import { z } from 'zod';
import { say, type Message, encode } from '../core/messages/message.ts';
import { nearest } from '../project/nearest.ts';
import type { Section, SectionContext, SectionProblem } from '../project/section.ts';
import { metricCatalogue, type MetricInfo } from './metrics/catalogue.ts';
import { duplicateIds, largestSuite, problemText, readSuite, type Suite } from './suite/read.ts';

export const gateSchema = z
  .strictObject({
    metric: z.string().describe(encode(say('setting.evaluate.gates.metric'))),
    language: z
      .enum(['en', 'zh'])
      .optional()
      .describe(encode(say('setting.evaluate.gates.language'))),
    min: z
      .number()
      .optional()
      .describe(encode(say('setting.evaluate.gates.min'))),
    max: z
      .number()
      .optional()
      .describe(encode(say('setting.evaluate.gates.max'))),
    not_worse_than: z
      .literal('live')
      .optional()
      .describe(encode(say('setting.evaluate.gates.not_worse_than'))),
    margin: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(encode(say('setting.evaluate.gates.margin'))),
  })
  .describe(encode(say('setting.evaluate.gate')));

export type Gate = z.infer<typeof gateSchema>;

const bootstrapSchema = z
  .strictObject({
    resamples: z
      .int()
      .min(1000)
      .max(100_000)
      .default(10_000)
      .describe(encode(say('setting.evaluate.bootstrap.resamples'))),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .default(7)
      .describe(encode(say('setting.evaluate.bootstrap.seed'))),
  })
  .describe(encode(say('setting.evaluate.bootstrap')));

const evaluateSchema = z
  .strictObject({
    suites: z
      .array(z.string().min(1))
      .default([])
      .describe(encode(say('setting.evaluate.suites'))),
    gates: z
      .array(gateSchema)
      .default([])
      .describe(encode(say('setting.evaluate.gates'))),
    bootstrap: bootstrapSchema.prefault({}),
    k: z
      .array(z.int().min(1).max(100))
      .min(1)
      .default([1, 5])
      .describe(encode(say('setting.evaluate.k'))),
  })
  .prefault({})
  .describe(encode(say('setting.evaluate')));

export type EvaluateSettings = z.infer<typeof evaluateSchema>;

/** The `evaluate` key of `towpath.yaml`. */
export const evaluateSection: Section<'evaluate', EvaluateSettings> = {
  key: 'evaluate',
  schema: evaluateSchema,
  async check(settings, context) {
    return [...checkGates(settings), ...(await checkSuites(settings, context))];
  },
};

function checkGates(settings: EvaluateSettings): SectionProblem[] {
  const problems: SectionProblem[] = [];
  const metrics = metricCatalogue(settings.k);
  settings.gates.forEach((gate, at) => {
    const path = ['evaluate', 'gates', at] as const;
    const metric = metrics.find((each) => each.name === gate.metric);
    if (!metric) problems.push(unknownMetric(gate.metric, metrics, [...path, 'metric']));
    else problems.push(...checkBounds(gate, metric, path));
  });
  if (settings.gates.length > 0 && settings.suites.length === 0) {
    problems.push({
      path: ['evaluate', 'gates'],
      message: say('section.gates-no-suite'),
      accepted: say('section.one-suite'),
    });
  }
  const repeated = settings.k.find((depth, at) => settings.k.indexOf(depth) !== at);
  if (repeated !== undefined) {
    problems.push({ path: ['evaluate', 'k'], message: say('section.twice', { name: repeated }) });
  }
  return problems;
}

function unknownMetric(
  name: string,
  metrics: readonly MetricInfo[],
  path: (string | number)[],
): SectionProblem {
  const depth = /^retrieval\.recall@(\d+)$/.exec(name)?.[1];
  const names = metrics.map((metric) => metric.name);
  if (depth !== undefined) {
    return {
      path,
      message: say('section.metric-depth', { metric: name }),
      accepted: say('section.add-depth', { depth }),
    };
  }
  const near = nearest(name, names);
  return {
    path,
    message:
      near === undefined
        ? say('section.metric', { metric: name })
        : say('section.metric-near', { metric: name, near }),
    accepted: say('accepted.names', { names }),
  };
}

function checkBounds(gate: Gate, metric: MetricInfo, path: readonly (string | number)[]): SectionProblem[] {
  const problems: SectionProblem[] = [];
  const rules = (['min', 'max', 'not_worse_than'] as const).filter((rule) => gate[rule] !== undefined);
  if (rules.length !== 1) {
    const message = rules.length === 0 ? say('section.no-rule') : say('section.several-rules', { rules });
    problems.push({ path, message, accepted: say('section.one-rule') });
  }
  if (gate.margin !== undefined && gate.not_worse_than === undefined) {
    problems.push({
      path: [...path, 'margin'],
      message: say('section.margin'),
      accepted: 'not_worse_than: live',
    });
  }
  for (const rule of ['min', 'max'] as const) {
    const bound = gate[rule];
    if (bound === undefined) continue;
    if (metric.unit === 'share' && (bound < 0 || bound > 1)) {
      problems.push({
        path: [...path, rule],
        message: say('section.never-bound', { bound, metric: metric.name }),
        accepted:
          bound > 1 && bound <= 100
            ? say('section.share-perhaps', { share: bound / 100 })
            : say('section.share'),
      });
    }
    if (metric.unit === 'ms' && bound <= 0) {
      problems.push({
        path: [...path, rule],
        message: say('section.no-latency', { bound, metric: metric.name }),
        accepted: say('section.above-nought'),
      });
    }
    const wrongWay = metric.better === 'higher' ? 'max' : 'min';
    if (rule === wrongWay) {
      problems.push({
        path: [...path, rule],
        message: say(`section.better-${metric.better}`, { metric: metric.name, rule }),
        accepted: rule === 'max' ? 'min' : 'max',
      });
    }
  }
  return problems;
}

/** Problems shown for one suite; the rest are counted. */
const shownPerSuite = 20;

async function checkSuites(settings: EvaluateSettings, context: SectionContext): Promise<SectionProblem[]> {
  const problems: SectionProblem[] = [];
  const suites: Suite[] = [];
  for (const [at, suite] of settings.suites.entries()) {
    const path = ['evaluate', 'suites', at];
    const found = await checkSuite(suite, settings.suites.indexOf(suite) !== at, path, context);
    if (found.suite) suites.push(found.suite);
    problems.push(...found.problems);
  }
  for (const problem of duplicateIds(suites)) {
    problems.push({
      path: ['evaluate', 'suites', settings.suites.indexOf(problem.file)],
      message: problemText(problem),
    });
  }
  for (const [at, gate] of settings.gates.entries()) {
    const { language } = gate;
    if (language === undefined || suites.length === 0 || suites.length < settings.suites.length) continue;
    if (suites.some((suite) => suite.questions.some((question) => question.language === language))) continue;
    problems.push({
      path: ['evaluate', 'gates', at, 'language'],
      message: say('section.no-question-in', { language }),
    });
  }
  return problems;
}

async function checkSuite(
  suite: string,
  repeated: boolean,
  path: SectionProblem['path'],
  { trust }: SectionContext,
): Promise<{ suite?: Suite; problems: SectionProblem[] }> {
  if (repeated) return { problems: [{ path, message: say('section.twice', { name: suite }) }] };
  const file = await trust.open(path, suite, largestSuite);
  if (Array.isArray(file)) return { problems: file };
  const read = readSuite(suite, await file.whole(), { quotable: file.inside });
  const messages: Message[] = read.problems.slice(0, shownPerSuite).map(problemText);
  const more = read.problems.length - messages.length;
  if (more > 0) messages.push(say('section.more-problems', { suite, count: more }));
  return { suite: read.suite, problems: messages.map((message) => ({ path, message })) };
}
