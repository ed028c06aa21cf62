import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { sendJson, type Route } from '../exchange.ts';
import type { Snapshot } from '../snapshot.ts';

/** The name under which chat clients reach the question-answering service. */
export const qaModel = 'towpath';

const prefix = '/v1/models/';

export const modelsRoute: Route = {
  method: 'GET',
  pattern: '/v1/models',
  serves: false,
  handle({ response, live }) {
    sendJson(response, 200, { object: 'list', data: modelsOf(live()) });
  },
};

export const modelRoute: Route = {
  method: 'GET',
  pattern: `${prefix}*`,
  serves: false,
  handle({ response, path, live }) {
    const id = decoded(path.slice(prefix.length));
    const snapshot = live();
    const model = modelsOf(snapshot).find((candidate) => candidate.id === id);
    if (model === undefined) throw unknownModel(id, snapshot);
    sendJson(response, 200, model);
  },
};

export function unknownModel(id: string, snapshot: Snapshot): TowpathError {
  const known = modelsOf(snapshot).map((model) => model.id);
  return new TowpathError(
    'TOW_SERVE_GATEWAY_MODEL_NOT_FOUND',
    say('gateway.no-model', { release: snapshot.release, model: JSON.stringify(id.slice(0, 100)), known }),
    { data: { param: 'model' } },
  );
}

function modelsOf({ since, generator }: Snapshot) {
  const created = Math.floor(since / 1000);
  return [qaModel, ...(generator === undefined ? [] : [generator.name])].map((id) => ({
    id,
    object: 'model' as const,
    created,
    owned_by: 'towpath',
  }));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
