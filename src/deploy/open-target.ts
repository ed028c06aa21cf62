import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { localTarget } from './local/local-target.ts';
import type { DeployTarget } from './target.ts';

const targets: Readonly<Record<string, () => DeployTarget>> = { local: localTarget };

/** The deploy target of that kind. @throws TOW_DEPLOY_UNKNOWN_TARGET listing the known kinds */
export function openTarget(kind: string): DeployTarget {
  const open = Object.hasOwn(targets, kind) ? targets[kind] : undefined;
  if (open === undefined) {
    const known = Object.keys(targets);
    throw new TowpathError('TOW_DEPLOY_UNKNOWN_TARGET', say('deploy.unknown-target', { kind, known }));
  }
  return open();
}
