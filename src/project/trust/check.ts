import { resolve } from 'node:path';
import { lastingPath, realAsFarAs } from '../../core/allowed-place.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFileError, type OutsideFile } from '../../core/outside-file.ts';
import { secretAsk, type Ask, type TrustKind } from './ask.ts';
import { builtInHub, isOpenHost } from './origin.ts';
import type { Trust } from './trust.ts';

type Path = readonly (string | number)[];

/** A `SectionProblem`, with what would mend it. */
interface TrustProblem {
  readonly path: Path;
  readonly message: Message;
  readonly accepted: Message;
  readonly ask?: Ask;
}

/** Something that the project file asks for beyond what any project may have. */
export interface Asked extends Ask {
  /** Where it asks: `['models', 'generator', 'from', 0, 'token']`. */
  readonly path: Path;
  readonly trusted: boolean;
}

const accepted: Readonly<Record<TrustKind, Message>> = {
  host: say('untrusted.accepted-host', { hub: builtInHub }),
  secret: say('untrusted.accepted-secret'),
  path: say('untrusted.accepted-path'),
};

/** What the checks of sections ask through: it remembers what was asked for, trusted or not. */
export class TrustCheck {
  readonly asked: Asked[] = [];
  readonly #trust: Trust;

  constructor(trust: Trust) {
    this.#trust = trust;
  }

  /** No problem for a host that is open to all or trusted. */
  host(path: Path, url: URL): TrustProblem[] {
    const ask: Ask = { kind: 'host', value: url.origin };
    if (isOpenHost(url)) return [];
    return this.#need(path, ask, say('untrusted.host', { host: url.origin }));
  }

  /** No problem for a secret that may go to the host of `url`. */
  secret(path: Path, reference: string, url: URL): TrustProblem[] {
    const message = say('untrusted.secret', { secret: reference, host: url.origin });
    return this.#need(path, secretAsk(reference, url), message);
  }

  /** No problem for a path, there or not, in the project folder or a trusted place. */
  async path(path: Path, file: string): Promise<TrustProblem[]> {
    const written = resolve(this.#trust.dir, file);
    if (this.#trust.inProject(await realAsFarAs(written))) return [];
    const real = await lastingPath(written);
    const message = say('untrusted.path', { path: file, real });
    return this.#need(path, { kind: 'path', value: real }, message);
  }

  /** Opens a file that the section names, or says why that cannot be. */
  async open(path: Path, file: string, maxBytes: number): Promise<OutsideFile | TrustProblem[]> {
    const problems = await this.path(path, file);
    if (problems.length > 0) return problems;
    try {
      return await this.#trust.open(file, maxBytes);
    } catch (error) {
      if (!(error instanceof OutsideFileError)) throw error;
      const message = say('untrusted.file', { path: file, why: error.said });
      return [{ path, message, accepted: say('untrusted.accepted-file') }];
    }
  }

  /** Opens a file to look into it beforehand; undefined where that needs trust or cannot be. */
  async peek(file: string, maxBytes: number): Promise<OutsideFile | undefined> {
    try {
      return await this.#trust.open(file, maxBytes);
    } catch (error) {
      if (error instanceof OutsideFileError) return undefined;
      if (error instanceof TowpathError && error.code === 'TOW_PROJECT_UNTRUSTED') return undefined;
      throw error;
    }
  }

  #need(path: Path, ask: Ask, message: Message): TrustProblem[] {
    const trusted = this.#trust.allows(ask);
    this.asked.push({ ...ask, path, trusted });
    return trusted ? [] : [{ path, message, accepted: accepted[ask.kind], ask }];
  }
}
