import { isAbsolute, parse, resolve } from 'node:path';
import { isWithin, lastingPath, realAsFarAs, realRoots } from '../../core/allowed-place.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFile, OutsideFileError } from '../../core/outside-file.ts';
import { trustCommand, type Ask } from './ask.ts';
import { isLoopback, isOpenHost } from './origin.ts';
import {
  anyProject,
  noGrants,
  readTrustFile,
  trustPlace,
  type Environment,
  type Grants,
} from './trust-file.ts';

/** Far above a token; a bound on what is read of a file that is named as one. */
const maxSecretBytes = 64 * 1024;

/**
 * What the user trusts one project with. Whatever the project file names outside of the project folder goes through
 * here: files are opened, secrets looked up and hosts asked only if they are inside, open to all, or trusted.
 */
export class Trust {
  /** As it was given: what paths in the project file start from. */
  readonly dir: string;
  /** Its real path: what trust is bound to. */
  readonly project: string;
  readonly grants: Grants;
  /** The folders that files may lie in: the project's, and those trusted besides. */
  readonly places: readonly string[];

  private constructor(dir: string, project: string, grants: Grants, places: readonly string[]) {
    this.dir = dir;
    this.project = project;
    this.grants = grants;
    this.places = places;
  }

  /** A project that is trusted with so much. */
  static async of(dir: string, grants: Grants = noGrants): Promise<Trust> {
    const trusted = [...grants.paths, ...(await realRoots(grants.paths))];
    return new Trust(dir, await realAsFarAs(dir), grants, [dir, ...new Set(trusted)]);
  }

  /**
   * Whether what is asked for needs no more trust than there is.
   *
   * @throws TypeError for the value of a host or secret that `readAsk` would refuse
   */
  allows({ kind, value }: Ask): boolean {
    if (kind === 'host') return isOpenHost(new URL(value)) || this.grants.hosts.includes(value);
    if (kind === 'secret') return this.grants.secrets.includes(value);
    return [this.project, ...this.places].some((place) => isWithin(place, value));
  }

  /** Whether a path without links is the project's own. */
  inProject(real: string): boolean {
    return isWithin(this.project, real);
  }

  /** @throws TowpathError TOW_PROJECT_UNTRUSTED with the command that trusts the project with it */
  require(ask: Ask, message: Message): void {
    if (!this.allows(ask)) throw this.refusal([ask], message);
  }

  refusal(asks: readonly Ask[], message: Message, where?: string): TowpathError {
    return new TowpathError('TOW_PROJECT_UNTRUSTED', message, {
      hint: trustHint(this.project, asks),
      data: { asks },
      ...(where !== undefined && { where }),
    });
  }

  /** @throws TowpathError TOW_PROJECT_UNTRUSTED when a host sends us on to one that is not trusted */
  requireRedirect(from: URL, to: URL): void {
    // Loopback is open to the project file, not to a machine elsewhere that would have us ask here.
    const open = this.allows({ kind: 'host', value: to.origin }) && (!isLoopback(to) || isLoopback(from));
    if (open || this.grants.hosts.includes(to.origin)) return;
    const message = say('untrusted.redirect', { from: from.origin, to: to.origin });
    throw this.refusal([{ kind: 'host', value: to.origin }], message);
  }

  /**
   * Opens a file that the project file names, in the project folder or a trusted place.
   *
   * @throws OutsideFileError; TowpathError TOW_PROJECT_UNTRUSTED when it lies elsewhere
   */
  async open(path: string, maxBytes: number): Promise<OutsideFile> {
    try {
      return await OutsideFile.open(path, { within: this.places, maxBytes });
    } catch (error) {
      if (!(error instanceof OutsideFileError) || error.real === undefined) throw error;
      const real = await lastingPath(resolve(this.dir, path));
      const message = say('untrusted.path', { path, real });
      throw this.refusal([{ kind: 'path', value: real }], message, path);
    }
  }

  /**
   * Opens the file of a secret, which is trusted by its name: a link outside of the project may lead anywhere, as
   * those of mounted secrets do; one inside, which a change to the project could bring, may not lead out.
   *
   * @throws OutsideFileError
   */
  async openSecret(path: string): Promise<OutsideFile> {
    const absolute = resolve(this.dir, path);
    const inside = [this.dir, this.project].some((dir) => isWithin(dir, absolute));
    const within = inside ? [this.dir] : [parse(absolute).root];
    return await OutsideFile.open(absolute, { within, maxBytes: maxSecretBytes });
  }
}

/** What to do about asks that are not trusted. */
export function trustHint(project: string, asks: readonly Ask[]): Message {
  return say('trust.hint', { command: trustCommand(project, asks) });
}

/**
 * What the user trusts the project with, from the user's own file or the one that the environment names.
 *
 * @throws TowpathError TOW_PROJECT_TRUST_FILE
 */
export async function readTrust(dir: string, env: Environment): Promise<Trust> {
  const place = trustPlace(env);
  const project = await realAsFarAs(dir);
  const { projects } = await readTrustFile(place, dir);
  const own = Object.hasOwn(projects, project) ? projects[project] : undefined;
  const any = place.named && Object.hasOwn(projects, anyProject) ? projects[anyProject] : undefined;
  return await Trust.of(dir, {
    hosts: [...(own?.hosts ?? []), ...(any?.hosts ?? [])],
    secrets: [...(own?.secrets ?? []), ...(any?.secrets ?? [])],
    paths: [...(own?.paths ?? []), ...(any?.paths ?? [])].filter((path) => isAbsolute(path)),
  });
}
