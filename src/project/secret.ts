import { z } from 'zod';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { encode, say } from '../core/messages/message.ts';
import { OutsideFileError } from '../core/outside-file.ts';
import { reference } from './secret-reference.ts';
import { secretAsk } from './trust/ask.ts';
import type { Trust } from './trust/trust.ts';

/** Where a secret is kept; never the secret itself, so it may be logged, hashed and stored. */
export type SecretRef = { readonly env: string } | { readonly file: string };

/** Marks a field as secret in the JSON Schema, so that what stands there is masked wherever it could show. */
export const secretMark = 'x-towpath-secret';

/**
 * The schema of a secret field: `env:NAME` or `file:PATH`. A literal is an error, and is not repeated in the message.
 *
 * @example token: secretRef().optional().describe(encode(say('setting.secret-token')))
 */
export function secretRef(): z.ZodType<SecretRef, string> {
  return z
    .string()
    .regex(reference, { error: encode(say('secret.literal')) })
    .meta({
      [secretMark]: true,
      description: encode(say('setting.secret')),
      examples: ['env:HF_TOKEN', 'file:/run/secrets/hf-token'],
    })
    .transform((text): SecretRef => {
      const value = text.slice(text.indexOf(':') + 1).trim();
      return text.startsWith('env:') ? { env: value } : { file: value };
    });
}

/** The reference as it is written: `env:HF_TOKEN`. */
function formatSecretRef(ref: SecretRef): string {
  return 'env' in ref ? `env:${ref.env}` : `file:${ref.file}`;
}

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project's; a secret that the user does not trust it with is not looked up. */
  readonly trust: Trust;
  /** The host that the secret is for. */
  readonly to: URL;
}

/**
 * Fetches the secret, a trailing line end removed. Call it where the secret is used, and pass the result no further
 * than to the host.
 *
 * @throws TowpathError TOW_PROJECT_UNTRUSTED when it may not go to the host, TOW_PROJECT_SECRET_MISSING when it is
 *   missing or empty
 */
export async function resolveSecret(ref: SecretRef, { env, trust, to }: SecretSources): Promise<string> {
  const name = formatSecretRef(ref);
  trust.require(secretAsk(name, to), say('untrusted.secret', { secret: name, host: to.origin }));
  const secret = 'env' in ref ? env[ref.env] : await readSecretFile(ref.file, trust);
  const trimmed = secret?.replace(/\r?\n$/, '') ?? '';
  if (trimmed !== '') return trimmed;
  throw new TowpathError('TOW_PROJECT_SECRET_MISSING', say('secret.missing', { secret: name }), {
    hint: 'env' in ref ? say('secret.export', { name: ref.env }) : say('secret.write', { path: ref.file }),
  });
}

async function readSecretFile(path: string, trust: Trust): Promise<string> {
  try {
    return (await (await trust.openSecret(path)).whole()).toString('utf8');
  } catch (cause) {
    const text =
      cause instanceof OutsideFileError
        ? say('secret.unreadable-why', { path, why: cause.said })
        : say('secret.unreadable', { path });
    throw new TowpathError('TOW_PROJECT_SECRET_MISSING', text, { cause });
  }
}

/** Replaces every occurrence of the secrets in a text: for logs and messages that might quote them. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .reduce((masked, secret) => masked.replaceAll(secret, '****'), text);
}
