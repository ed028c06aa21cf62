import { z } from 'zod';
import { shortDigest, type Digest } from '../../core/digest.ts';
import { SaidError, TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { ArtifactInfo } from './artifact-store.ts';

const known = 1;

/** The file beside an artifact's content that says what it is and lists every file in it. */
const labelSchema = z.strictObject({
  schema: z.literal(known),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(['file', 'folder']),
  media: z.string(),
  bytes: z.number().int().min(0),
  /** Path, size, SHA-256, time of the last change when adopted. */
  entries: z.array(z.tuple([z.string(), z.number().int().min(0), z.string(), z.number()])),
});

export type Label = z.infer<typeof labelSchema>;

/**
 * Understands a label's text, or says why it is damaged.
 *
 * @throws TOW_STORE_ARTIFACT_NEWER when a later version wrote it: it may be whole, so it is left as it is
 */
export function readLabel(text: string, digest: Digest, path: string): Label | { readonly damage: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (damage) {
    return { damage };
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema === 'number' && Number.isInteger(schema) && schema > known) {
    throw new TowpathError(
      'TOW_STORE_ARTIFACT_NEWER',
      say('store.newer', {
        what: say('store.label-of', { artifact: shortDigest(digest) }),
        found: schema,
        known,
      }),
      { where: path, data: { digest, schema, known } },
    );
  }
  const parsed = labelSchema.safeParse(value);
  if (!parsed.success) return { damage: parsed.error };
  return parsed.data.digest === digest ? parsed.data : { damage: new SaidError(say('store.other-artifact')) };
}

export function infoOf(label: Label): ArtifactInfo {
  const { digest, kind, media, bytes, entries } = label;
  const files = entries.filter(([path]) => !path.endsWith('/')).length;
  return { digest: digest as ArtifactInfo['digest'], kind, media, bytes, files };
}
