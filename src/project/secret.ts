import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { TowpathError } from '../core/errors/towpath-error.ts';

/** Where a secret is kept; never the secret itself, so it may be logged, hashed and stored. */
export type SecretRef = { readonly env: string } | { readonly file: string };

/** Marks a field as secret in the JSON Schema, so that what stands there is masked wherever it could show. */
export const secretMark = 'x-towpath-secret';

const reference = /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\S.*)$/;

/** Whether the text refers to a secret, rather than being one. */
export function isSecretReference(text: string): boolean {
  return reference.test(text);
}

/**
 * The schema of a secret field: `env:NAME` or `file:PATH`. A literal is an error, and is not repeated in the message.
 *
 * @example token: secretRef().optional().describe('Token of the hub')
 */
export function secretRef(): z.ZodType<SecretRef, string> {
  return z
    .string()
    .regex(reference, { error: 'a secret must not stand here, only where it is kept' })
    .meta({
      [secretMark]: true,
      description: 'Where the secret is kept: env:NAME or file:PATH',
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
  /** Folder that relative paths start from. */
  readonly dir: string;
}

/**
 * Fetches the secret, a trailing line end removed. Call it where the secret is used, and pass the result no further.
 *
 * @throws TowpathError TOW_PROJECT_SECRET_MISSING when it is missing or empty
 */
export async function resolveSecret(ref: SecretRef, sources: SecretSources): Promise<string> {
  const secret = 'env' in ref ? sources.env[ref.env] : await readSecretFile(resolve(sources.dir, ref.file));
  const trimmed = secret?.replace(/\r?\n$/, '') ?? '';
  if (trimmed !== '') return trimmed;
  throw new TowpathError(
    'TOW_PROJECT_SECRET_MISSING',
    `the secret ${formatSecretRef(ref)} is empty or not there`,
    {
      hint:
        'env' in ref
          ? `set it before starting: export ${ref.env}=…`
          : `write the secret into ${ref.file}, readable by you alone`,
    },
  );
}

async function readSecretFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new TowpathError('TOW_PROJECT_SECRET_MISSING', `the secret file ${path} cannot be read`, { cause });
  }
}

/** Replaces every occurrence of the secrets in a text: for logs and messages that might quote them. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .reduce((masked, secret) => masked.replaceAll(secret, '****'), text);
}
