import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { encode, say } from '../core/messages/message.ts';
import { parseDuration } from '../core/units.ts';
import type { Section, SectionProblem } from '../project/section.ts';
import { isLoopback } from './http/loopback.ts';

/** A length of time in milliseconds, written as `30s`. */
function duration(fallback: string, most: string) {
  const limit = parseDuration(most) ?? 0;
  const message = encode(say('section.duration', { most, example: fallback }));
  return z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms !== undefined && ms > 0 && ms <= limit) return ms;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

const serveSettings = z.strictObject({
  host: z
    .string()
    .default('127.0.0.1')
    .describe(encode(say('setting.serve.host'))),
  port: z
    .int()
    .min(0)
    .max(65_535)
    .default(7411)
    .describe(encode(say('setting.serve.port'))),
  replicas: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe(encode(say('setting.serve.replicas'))),
  threads: z
    .union([z.literal('auto'), z.int().min(1).max(512)])
    .default('auto')
    .describe(encode(say('setting.serve.threads'))),
  slots: z
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe(encode(say('setting.serve.slots'))),
  queue: z
    .int()
    .min(0)
    .max(10_000)
    .default(32)
    .describe(encode(say('setting.serve.queue'))),
  deadline: duration('30s', '1h').describe(encode(say('setting.serve.deadline'))),
  drain: duration('20s', '1h').describe(encode(say('setting.serve.drain'))),
});

export type ServeSettings = z.output<typeof serveSettings>;

/** The `serve` key of towpath.yaml. */
export const serveSection: Section<'serve', ServeSettings> = {
  key: 'serve',
  schema: serveSettings.prefault({}),
  check(value) {
    const problems: SectionProblem[] = [];
    if (!isLoopback(value.host)) {
      problems.push({
        path: ['serve', 'host'],
        message: say('section.host-open', { host: JSON.stringify(value.host) }),
        accepted: say('section.loopback'),
      });
    }
    const cores = availableParallelism();
    if (value.threads !== 'auto' && value.threads > cores) {
      problems.push({
        path: ['serve', 'threads'],
        message: say('section.threads', { threads: value.threads, cores }),
        accepted: say('section.auto-or', { most: cores }),
      });
    }
    return problems;
  },
};
