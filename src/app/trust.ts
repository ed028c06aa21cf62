import { existsSync } from 'node:fs';
import { lastingPath, realAsFarAs } from '../core/allowed-place.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { ProjectPlace } from '../project/find.ts';
import { checkProject } from '../project/load.ts';
import { formatPath } from '../project/problem.ts';
import { readProjectFile } from '../project/read.ts';
import type { Section } from '../project/section.ts';
import { trustCommand, type Ask, type TrustKind } from '../project/trust/ask.ts';
import {
  anyProject,
  changeTrustFile,
  noGrants,
  trustPlace,
  type Environment,
  type Grants,
  type TrustContent,
} from '../project/trust/trust-file.ts';
import { readTrust } from '../project/trust/trust.ts';
import type { AskedRecord, TrustChange, TrustRecord } from './records/trust.ts';

/** Which list of the grants holds each kind. */
const lists = { host: 'hosts', secret: 'secrets', path: 'paths' } as const satisfies Record<
  TrustKind,
  keyof Grants
>;

/**
 * What the project asks for and what the user trusts it with, after the change if there is one.
 *
 * @throws TowpathError TOW_PROJECT_TRUST_FILE, TOW_PROJECT_UNREADABLE
 */
export async function showTrust(
  place: ProjectPlace,
  sections: readonly Section[],
  env: Environment,
): Promise<TrustRecord> {
  const trust = await readTrust(place.dir, env);
  const checked = await checkProject(await readProjectFile(place.file), place.dir, sections, trust);
  const asked: AskedRecord[] = checked.asked.map(({ kind, value, path, trusted }) => ({
    kind,
    value,
    where: formatPath(path),
    trusted,
  }));
  const missing = checked.asked.filter(({ trusted }) => !trusted);
  const named = [
    ...trust.grants.paths,
    ...asked.filter(({ kind }) => kind === 'path').map(({ value }) => value),
  ];
  const notThere = [...new Set(named)].filter((path) => !existsSync(path));
  const problems = checked.problems.filter(({ ask }) => ask === undefined).length;
  return {
    project: trust.project,
    file: trustPlace(env).file,
    asked,
    trusted: trust.grants,
    notThere,
    problems,
    ...(missing.length > 0 && { command: trustCommand(trust.project, missing) }),
  };
}

/** Adds to what the project is trusted with, or takes from it; without anything named it takes all. */
export async function changeTrust(
  { dir }: ProjectPlace,
  change: TrustChange,
  env: Environment,
): Promise<void> {
  const place = trustPlace(env);
  const key = place.named ? anyProject : await realAsFarAs(dir);
  const asks = await Promise.all(change.asks.map(realPathOf));
  await changeTrustFile(place, dir, (content) => {
    const before = Object.hasOwn(content.projects, key) ? content.projects[key] : undefined;
    const after =
      change.revoke === true ? without(before ?? noGrants, asks) : withAll(before ?? noGrants, asks);
    return withProject(content, key, after);
  });
}

/** A path is compared without links. */
async function realPathOf({ kind, value }: Ask): Promise<Ask> {
  return { kind, value: kind === 'path' ? await lastingPath(value) : value };
}

function withAll(grants: Grants, asks: readonly Ask[]): Grants {
  const add = (kind: TrustKind): string[] => [...new Set([...grants[lists[kind]], ...valuesOf(asks, kind)])];
  return { hosts: add('host'), secrets: add('secret'), paths: add('path') };
}

function without(grants: Grants, asks: readonly Ask[]): Grants {
  if (asks.length === 0) return noGrants;
  const missing = asks.find(({ kind, value }) => !grants[lists[kind]].includes(value));
  // Whoever takes something back must not believe that it is taken back when it never was.
  if (missing !== undefined)
    throw new TowpathError('TOW_PROJECT_TRUST_ENTRY', say('app.not-trusted', { what: missing.value }), {
      hint: say('app.see-trust'),
    });
  const take = (kind: TrustKind): string[] =>
    grants[lists[kind]].filter((value) => !valuesOf(asks, kind).includes(value));
  return { hosts: take('host'), secrets: take('secret'), paths: take('path') };
}

function valuesOf(asks: readonly Ask[], wanted: TrustKind): string[] {
  return asks.filter(({ kind }) => kind === wanted).map(({ value }) => value);
}

/** A project that is trusted with nothing is not kept. */
function withProject({ schema, projects }: TrustContent, key: string, grants: Grants): TrustContent {
  const others = Object.entries(projects).filter(([name]) => name !== key);
  const isEmpty = Object.values(grants).every((list) => list.length === 0);
  return { schema, projects: Object.fromEntries(isEmpty ? others : [...others, [key, grants]]) };
}
