import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with a project file in it, for commands whose project is not read. */
export async function projectFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'towpath-cli-'));
  await writeFile(join(folder, 'towpath.yaml'), '');
  return folder;
}
