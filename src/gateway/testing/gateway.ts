import { request, type Dispatcher } from 'undici';
import type { Answer } from '../../contract/answer.ts';
import { Gateway, type GatewayOptions } from '../gateway.ts';
import type { Answerer, Snapshot } from '../snapshot.ts';

export const never = new AbortController().signal;

/** A small answerer of real behaviour: knows one fact, says it in two sentences, declines everything else. */
export const oneFact: Answerer = {
  answer({ question, language }, { signal, onSentence }) {
    signal.throwIfAborted();
    const knows = /port|端口/i.test(question);
    const zh = language === 'zh' || /\p{Script=Han}/u.test(question);
    const sentences = knows
      ? zh
        ? ['默认端口是 7411。[1]', '它只在本机监听。[1]']
        : ['The default port is 7411. [1]', 'It listens on this machine only. [1]']
      : [zh ? '文档中没有说明。' : 'The documents do not say.'];
    for (const text of sentences) onSentence?.({ text, citations: knows ? [1] : [] });
    const answer: Answer = {
      answer: sentences.join(zh ? '' : ' '),
      declined: !knows,
      language: zh ? 'zh' : 'en',
      citations: knows
        ? [{ n: 1, source: 'docs/serve.md', heading: 'Serve > Port', text: 'The default port is 7411.' }]
        : [],
      release: 'r1',
      timings: { retrieval: 1, total: 2 },
    };
    return Promise.resolve(answer);
  },
};

/** Answers only when told to, and tells when it was given up. */
export class SlowAnswerer implements Answerer {
  readonly asked: { question: string; signal: AbortSignal; finish: () => void }[] = [];

  answer(
    { question, language }: Parameters<Answerer['answer']>[0],
    options: Parameters<Answerer['answer']>[1],
  ) {
    return new Promise<Answer>((resolve, reject) => {
      options.signal.addEventListener('abort', () => reject(options.signal.reason as Error), { once: true });
      const request = { question, ...(language && { language }) };
      const finish = () => void oneFact.answer(request, options).then(resolve, reject);
      this.asked.push({ question, signal: options.signal, finish });
    });
  }
}

export function snapshot(parts: Partial<Snapshot> = {}): Snapshot {
  return { release: 'r1', since: 1_700_000_000_000, qa: oneFact, ...parts };
}

/** A gateway on a port of the system's choice. */
export async function startGateway(
  options: GatewayOptions = {},
  live: Snapshot | null = snapshot(),
): Promise<Gateway> {
  const gateway = await Gateway.start({ port: 0, ...options });
  if (live !== null) await gateway.swap(live);
  return gateway;
}

export function post(
  gateway: Gateway,
  path: string,
  body: unknown,
  options: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Dispatcher.ResponseData> {
  return request(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...options.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(options.signal && { signal: options.signal }),
  });
}

export async function get(
  gateway: Gateway,
  path: string,
  headers: Record<string, string> = {},
): Promise<Dispatcher.ResponseData> {
  return request(`${gateway.url}${path}`, { headers });
}

/** Events of a stream: `[event or '', data]`. */
export function events(text: string): [string, string][] {
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const lines = block.split('\n');
      const field = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
      return [field('event'), field('data')];
    });
}
