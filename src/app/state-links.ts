import { readdir, readlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isWithin, realAsFarAs } from '../core/allowed-place.ts';
import { say } from '../core/messages/message.ts';
import type { ProjectPlace } from '../project/find.ts';
import type { Environment } from '../project/trust/trust-file.ts';
import { readTrust } from '../project/trust/trust.ts';
import { stateFolder } from './state-folder.ts';

/** Folders below those of the state folder whose names are known beforehand: a link can wait there for what we write. */
const deeper = [join('artifacts', 'records'), join('keep', 'pip')];

/**
 * Refuses links at the state folder and in it that lead out of the project: a change to the project may have brought
 * them, and what Towpath writes, sweeps and sets aside would be another folder's. Makes nothing.
 *
 * @throws TOW_PROJECT_UNTRUSTED naming the command that trusts the project with these places
 */
export async function refuseLinksOut({ dir, file }: ProjectPlace, env: Environment): Promise<void> {
  const found = await linksAt(resolve(dir), stateFolder(resolve(dir), file).dir);
  if (found.length === 0) return;
  const trust = await readTrust(dir, env);
  const leading = await Promise.all(
    found.map(async (path) => ({ path, ask: { kind: 'path', value: await realAsFarAs(path) } as const })),
  );
  const out = leading.filter(({ ask }) => !trust.allows(ask));
  const [first] = out;
  if (first === undefined) return;
  const message = say('untrusted.state', { path: first.path, real: first.ask.value });
  throw trust.refusal(
    out.map(({ ask }) => ask),
    message,
    first.path,
  );
}

/** Links on the way to the state folder, and in it as deep as names are known. */
async function linksAt(dir: string, state: string): Promise<string[]> {
  const links: string[] = [];
  for (let at = state; isWithin(dir, at) && at !== dir; at = dirname(at))
    if (await isLink(at)) links.unshift(at);
  const folders = await look(state);
  await Promise.all([...folders, ...deeper.map((name) => join(state, name))].map(look));
  return links;

  async function look(folder: string): Promise<string[]> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    links.push(...entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => join(folder, name)));
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  }
}

async function isLink(path: string): Promise<boolean> {
  return await readlink(path).then(
    () => true,
    () => false,
  );
}
