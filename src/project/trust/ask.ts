import { isAbsolute } from 'node:path';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import { shellWord } from '../../core/shell-word.ts';
import { isSecretReference } from '../secret-reference.ts';
import { originOf } from './origin.ts';

/** What may be trusted, and the option of `towpath trust` that does it. */
export const trustKinds = ['host', 'secret', 'path'] as const;
export type TrustKind = (typeof trustKinds)[number];

/**
 * One thing that a project asks for: a host by its origin (`https://hub.example`), a secret with the host that it goes
 * to (`env:HF_TOKEN@https://hub.example`), or a path outside the project folder (absolute, without links).
 */
export interface Ask {
  readonly kind: TrustKind;
  readonly value: string;
}

/** A secret with the one host that it may go to. */
export function secretAsk(reference: string, url: URL): Ask {
  return { kind: 'secret', value: `${reference}@${url.origin}` };
}

/**
 * What a person wrote after `--host`, `--secret` or `--path`, in the one form that is compared and kept.
 *
 * @throws TowpathError TOW_PROJECT_TRUST_ENTRY
 */
export function readAsk(kind: TrustKind, text: string): Ask {
  if (kind === 'host') return { kind, value: originOf(text) };
  if (kind === 'path') {
    if (isAbsolute(text)) return { kind, value: text };
    throw new TowpathError(
      'TOW_PROJECT_TRUST_ENTRY',
      say('trust-entry.path', { path: JSON.stringify(text) }),
    );
  }
  const at = text.lastIndexOf('@');
  const reference = text.slice(0, at);
  if (at > 0 && isSecretReference(reference))
    return { kind, value: `${reference}@${originOf(text.slice(at + 1))}` };
  throw new TowpathError(
    'TOW_PROJECT_TRUST_ENTRY',
    say('trust-entry.secret', { text: JSON.stringify(text) }),
    {
      hint: say('trust-entry.secret-form'),
    },
  );
}

/** The command that trusts a project with these things, to be pasted into a shell from wherever. */
export function trustCommand(project: string, asks: readonly Ask[]): string {
  const options = new Set(asks.map(({ kind, value }) => `--${kind} ${shellWord(value)}`));
  return ['towpath trust', `--project ${shellWord(project)}`, ...options].join(' ');
}
