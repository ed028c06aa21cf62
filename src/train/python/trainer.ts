import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestBytes, digestJson, type Digest } from '../../core/digest.ts';

/** The Python package that travels with Towpath: beside `dist/` as it is beside `src/`. */
export const trainerDir = fileURLToPath(new URL('../../../trainer', import.meta.url));

/** Digest of everything that decides what a Python step does: its code and the versions it runs with. */
export async function trainerDigest(folder: string = trainerDir): Promise<Digest> {
  const names = await readdir(join(folder, 'src'), { recursive: true });
  const sources = names.filter((name) => name.endsWith('.py')).map((name) => join('src', name));
  const files = [...sources, 'requirements.txt'].sort();
  const digests = await Promise.all(
    files.map(async (name) => [name.replaceAll('\\', '/'), digestBytes(await readFile(join(folder, name)))]),
  );
  return digestJson(digests);
}
