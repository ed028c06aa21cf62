import type { ServiceProgress } from '../../contract/first-run.ts';
import { sendJson, type Exchange, type Route } from '../exchange.ts';
import { EventStream, wantsEvents } from '../http/sse.ts';

/** Milliseconds between two events, so that a busy step does not flood whoever looks on. */
const pace = 250;

/** GET /v1/progress: the live release, or how far the first run is; as events `progress` until it ends or is live. */
export const progressRoute: Route = {
  method: 'GET',
  pattern: '/v1/progress',
  serves: false,
  async handle(exchange) {
    const { request, response, progress } = exchange;
    if (request.method === 'GET' && wantsEvents(request.headers.accept)) await stream(exchange);
    else sendJson(response, 200, progress());
  },
};

async function stream({ response, signal, progress, firstRun }: Exchange): Promise<void> {
  const events = new EventStream(response);
  let wake = () => undefined as void;
  let finish = () => undefined as void;
  // What ends it is told at once: the service may be about to stop.
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const unwatch = firstRun?.watch(() => {
    wake();
    if (over(progress())) finish();
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const now = progress();
      await events.send(now, signal, 'progress');
      if (over(now)) break;
      await changed;
      await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, pace))]);
    }
  } finally {
    unwatch?.();
    events.end();
  }
}

function over({ release, firstRun }: ServiceProgress): boolean {
  const state = firstRun?.state;
  return release !== undefined || (state !== 'running' && state !== 'starting');
}
