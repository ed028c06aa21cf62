import { asDigest } from '../../core/digest.ts';
import { resolveSecret, secretRef } from '../../project/secret.ts';
import { readTrust } from '../../project/trust/trust.ts';
import type { StepContext } from '../../flow/step.ts';
import type { ModelEntry } from './section.ts';
import { fetchModel } from './source/fetch-model.ts';
import { openSource } from './source/open-source.ts';

/** Fetches the file of a `models.*` entry to `target`; returns where it came from. */
export async function fetchEntry(
  entry: ModelEntry,
  target: string,
  context: Pick<StepContext<unknown>, 'projectDir' | 'keepDir' | 'signal' | 'progress' | 'log'>,
): Promise<string> {
  const { projectDir, keepDir, signal, progress, log } = context;
  const { env } = process;
  const trust = await readTrust(projectDir, env);
  const secret = (reference: string, to: URL): Promise<string> =>
    resolveSecret(secretRef().parse(reference), { env, trust, to });
  const sources = entry.from.map((place) => openSource(place, { trust, secret }));
  const { origin } = await fetchModel(sources, target, {
    sha256: asDigest(entry.sha256),
    keepDir,
    signal,
    progress: (each) => {
      progress(each);
    },
    log: (line) => {
      log(line);
    },
  });
  log(`${entry.name} from ${origin}, SHA-256 as asked for`);
  return origin;
}
