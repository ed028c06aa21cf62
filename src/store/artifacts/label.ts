import { z } from 'zod';
import type { ArtifactInfo } from './artifact-store.ts';

/** The file beside an artifact's content that says what it is and lists every file in it. */
export const labelSchema = z.strictObject({
  schema: z.literal(1),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(['file', 'folder']),
  media: z.string(),
  bytes: z.number().int().min(0),
  /** Path, size, SHA-256, time of the last change when adopted. */
  entries: z.array(z.tuple([z.string(), z.number().int().min(0), z.string(), z.number()])),
});

export type Label = z.infer<typeof labelSchema>;

export function infoOf(label: Label): ArtifactInfo {
  const { digest, kind, media, bytes, entries } = label;
  const files = entries.filter(([path]) => !path.endsWith('/')).length;
  return { digest: digest as ArtifactInfo['digest'], kind, media, bytes, files };
}
