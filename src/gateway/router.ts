import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { Route } from './exchange.ts';

/** Finds the route of a request. HEAD is answered as GET is, without the body. */
export class Router {
  readonly #exact = new Map<string, Route[]>();
  readonly #rest: Route[] = [];

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      if (route.pattern.endsWith('*')) this.#rest.push(route);
      else this.#exact.set(route.pattern, [...(this.#exact.get(route.pattern) ?? []), route]);
    }
  }

  /** @throws TOW_SERVE_GATEWAY_NOT_FOUND (404) or _METHOD (405, with what is allowed) */
  find(method: string, path: string): Route {
    const candidates =
      this.#exact.get(path) ??
      this.#rest.filter(
        ({ pattern }) => path.startsWith(pattern.slice(0, -1)) && path.length >= pattern.length,
      );
    if (candidates.length === 0) {
      const named = JSON.stringify(path.slice(0, 200));
      throw new TowpathError('TOW_SERVE_GATEWAY_NOT_FOUND', say('gateway.nothing-at', { path: named }));
    }
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route = candidates.find((candidate) => candidate.method === wanted);
    if (route !== undefined) return route;
    const allow = candidates.map((candidate) => candidate.method).join(', ');
    throw new TowpathError('TOW_SERVE_GATEWAY_METHOD', say('gateway.method', { path, allow, method }), {
      data: { allow },
    });
  }
}
