import { TowpathError } from '../core/errors/towpath-error.ts';
import type { InstanceEnd } from './target.ts';

/** The error for a replica that ended by itself, with the last that it said. */
export function crashed(end: InstanceEnd, when: string): TowpathError {
  const how = end.signal === null ? `with exit code ${String(end.exitCode)}` : `by ${end.signal}`;
  return new TowpathError('TOW_DEPLOY_REPLICA_CRASHED', `a replica ended ${how} ${when}`, {
    data: { exitCode: end.exitCode, signal: end.signal, lastWords: end.lastWords },
    ...(end.lastWords !== '' && { cause: new Error(end.lastWords.split('\n').slice(-5).join('\n')) }),
  });
}
