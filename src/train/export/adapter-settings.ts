import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const peftConfig = z.looseObject({ r: z.int().min(1), lora_alpha: z.number() });

/**
 * Rank and alpha of an adapter that peft saved.
 *
 * @throws ZodError or the file system's error: the trainer has read the same file before
 */
export async function adapterSettings(folder: string): Promise<{ rank: number; alpha: number }> {
  const { r, lora_alpha } = peftConfig.parse(
    JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8')),
  );
  return { rank: r, alpha: lora_alpha };
}
