import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Answer } from '../contract/answer.ts';
import type { FinishReason, TokenUsage } from '../contract/generator.ts';

/** Seconds: 0.01 doubling to 81.92, as OpenTelemetry's GenAI conventions (1.41) advise. */
const seconds = Array.from({ length: 14 }, (_, power) => 0.01 * 2 ** power);
/** Tokens: powers of 4. */
const tokens = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** One request, when it is over. */
export interface RequestFacts {
  readonly method: string;
  /** The route's pattern, never the path: a metric must not grow with what clients type. */
  readonly route: string;
  /** 499 when the client left first. */
  readonly status: number;
  readonly release: string;
  readonly seconds: number;
}

/** One completion by a raw model. */
export interface CompletionFacts {
  readonly release: string;
  readonly model: string;
  readonly seconds: number;
  /** Left out when nothing came. */
  readonly firstToken?: number;
  readonly usage?: TokenUsage;
  readonly finish?: FinishReason;
  readonly error?: string;
}

/**
 * The gateway's metrics in Prometheus' text format. HTTP and GenAI names follow OpenTelemetry's conventions 1.41 as
 * Prometheus writes them: dots as underscores, the unit at the end.
 */
export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram;
  readonly #answers: Counter;
  readonly #parts: Histogram;
  readonly #troubles: Counter;
  readonly #completions: Histogram;
  readonly #firstToken: Histogram;
  readonly #perToken: Histogram;
  readonly #usage: Histogram;
  readonly #live: Gauge;
  readonly #refused: Counter;

  /** @param load what there is now: requests worked on and waiting, open connections */
  constructor(load: {
    requests(): { readonly running: number; readonly waiting: number };
    connections(): number;
  }) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    const histogram = (name: string, help: string, labelNames: string[], buckets = seconds) =>
      new Histogram({ name, help, labelNames, buckets, registers });

    this.#requests = histogram('http_server_request_duration_seconds', 'Duration of HTTP requests.', [
      'http_request_method',
      'http_route',
      'http_response_status_code',
      'release',
    ]);
    new Gauge({
      name: 'http_server_active_requests',
      help: 'Requests being worked on.',
      registers,
      collect() {
        this.set(load.requests().running);
      },
    });
    new Gauge({
      name: 'towpath_gateway_requests_waiting',
      help: 'Requests waiting for their turn.',
      registers,
      collect() {
        this.set(load.requests().waiting);
      },
    });
    new Gauge({
      name: 'towpath_gateway_connections',
      help: 'Connections that are open.',
      registers,
      collect() {
        this.set(load.connections());
      },
    });
    this.#refused = new Counter({
      name: 'towpath_gateway_connections_refused_total',
      help: 'Connections that were refused because too many were open.',
      registers,
    });
    this.#answers = new Counter({
      name: 'towpath_qa_answers_total',
      help: 'Answers of the question-answering service.',
      labelNames: ['release', 'language', 'declined'],
      registers,
    });
    this.#troubles = new Counter({
      name: 'towpath_qa_troubles_total',
      help: 'Parts of an answer that failed or were late, and were got over.',
      labelNames: ['release', 'part'],
      registers,
    });
    this.#parts = histogram('towpath_qa_part_duration_seconds', 'Duration of the parts of an answer.', [
      'release',
      'part',
    ]);
    const genAi = ['gen_ai_operation_name', 'gen_ai_request_model', 'release'];
    this.#completions = histogram('gen_ai_server_request_duration_seconds', 'Duration of model requests.', [
      ...genAi,
      'error_type',
    ]);
    this.#firstToken = histogram(
      'gen_ai_server_time_to_first_token_seconds',
      'Time to the first token.',
      genAi,
    );
    this.#perToken = histogram(
      'gen_ai_server_time_per_output_token_seconds',
      'Time per token after the first.',
      genAi,
      [0.001, 0.0025, 0.005, ...seconds.slice(0, 9)],
    );
    this.#usage = histogram(
      'gen_ai_client_token_usage',
      'Tokens of model requests.',
      [...genAi, 'gen_ai_token_type'],
      tokens,
    );
    this.#live = new Gauge({
      name: 'towpath_release_live',
      help: '1 for the release that takes traffic.',
      labelNames: ['release'],
      registers,
    });
  }

  request({ method, route, status, release, seconds: took }: RequestFacts): void {
    this.#requests.observe(
      {
        http_request_method: method,
        http_route: route,
        http_response_status_code: String(status),
        release,
      },
      took,
    );
  }

  /** A connection was refused. */
  refused(): void {
    this.#refused.inc();
  }

  answer({ release, language, declined, timings }: Answer): void {
    this.#answers.inc({ release, language, declined: String(declined) });
    for (const [part, ms] of Object.entries(timings)) this.#parts.observe({ release, part }, ms / 1000);
  }

  trouble(release: string, part: string): void {
    this.#troubles.inc({ release, part });
  }

  completion({ release, model, seconds: took, firstToken, usage, error }: CompletionFacts): void {
    const labels = { gen_ai_operation_name: 'chat', gen_ai_request_model: model, release };
    this.#completions.observe({ ...labels, error_type: error ?? '' }, took);
    if (firstToken !== undefined) this.#firstToken.observe(labels, firstToken);
    if (usage === undefined) return;
    this.#usage.observe({ ...labels, gen_ai_token_type: 'input' }, usage.promptTokens);
    this.#usage.observe({ ...labels, gen_ai_token_type: 'output' }, usage.completionTokens);
    if (firstToken !== undefined && usage.completionTokens > 1) {
      this.#perToken.observe(labels, (took - firstToken) / (usage.completionTokens - 1));
    }
  }

  live(release: string): void {
    this.#live.reset();
    this.#live.set({ release }, 1);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
