import { sendJson, type Route } from '../exchange.ts';

/** The process lives. */
export const healthRoute: Route = {
  method: 'GET',
  pattern: '/healthz',
  serves: false,
  handle({ response }) {
    sendJson(response, 200, { status: 'ok' });
  },
};

/** A release is live and takes questions; 503 before and while stopping. */
export const readyRoute: Route = {
  method: 'GET',
  pattern: '/readyz',
  serves: false,
  handle({ response, live }) {
    sendJson(response, 200, { status: 'ready', release: live().release });
  },
};

export const metricsRoute: Route = {
  method: 'GET',
  pattern: '/metrics',
  serves: false,
  async handle({ response, metrics }) {
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
    response.end(text);
  },
};
