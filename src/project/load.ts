import { basename, join } from 'node:path';
import type { Json } from '../core/canonical-json.ts';
import { digestJson, type Digest } from '../core/digest.ts';
import { say } from '../core/messages/message.ts';
import { findProject, projectFileName } from './find.ts';
import { freeze } from './freeze.ts';
import { findings } from './issues.ts';
import { projectJsonSchema, type JsonSchema } from './json-schema.ts';
import { inWholeEntry, mended, withoutWrongSettings } from './mend.ts';
import { parseYaml, type ParsedYaml } from './parse.ts';
import { invalidProject, type Problem } from './problem.ts';
import { readProjectFile } from './read.ts';
import { Reporter, type Finding } from './reporter.ts';
import { nearest } from './nearest.ts';
import type { Section } from './section.ts';
import { TrustCheck, type Asked } from './trust/check.ts';
import type { Environment } from './trust/trust-file.ts';
import { readTrust, Trust } from './trust/trust.ts';

/** What each section makes of its part, by key. */
export type SectionValues<S extends readonly Section[]> = {
  readonly [E in S[number] as E['key']]: E extends Section<string, infer T> ? T : never;
};

/** A project file, parsed once: resolved, checked and frozen. */
export interface Project<V = Readonly<Record<string, unknown>>> {
  /** Absolute path of the project's folder. */
  readonly dir: string;
  /** Absolute path of its `towpath.yaml`. */
  readonly file: string;
  /** Digest of the resolved values: comments, order of keys and defaults written out do not change it. */
  readonly digest: Digest;
  readonly values: V;
  /** What the user trusts the project with: files that it names are opened through this. */
  readonly trust: Trust;
}

/**
 * Reads the `towpath.yaml` of a folder (or the file named). Section values must be plain JSON; they are frozen.
 *
 * @param env names where the user's trust is kept
 * @throws TowpathError TOW_PROJECT_INVALID with every problem at once, TOW_PROJECT_UNTRUSTED when trust would mend all of
 *   them; see `problemsOf`
 */
export async function loadProject<const S extends readonly Section[]>(
  dir: string,
  sections: S,
  env: Environment = process.env,
): Promise<Project<SectionValues<S>>> {
  const place = await findProject({ cwd: dir, named: dir });
  const trust = await readTrust(place.dir, env);
  const result = await checkProject(await readProjectFile(place.file), place.dir, sections, trust);
  const name = basename(place.file);
  if (result.problems.length > 0) {
    const named = name === projectFileName ? trust.project : join(trust.project, name);
    throw invalidProject(name, result.problems, named);
  }
  const values = freeze(result.values) as SectionValues<S>;
  return freeze({ ...place, digest: digestJson(values as unknown as Json), values, trust });
}

/** A section to check beyond its schema, and the key that it is written under. */
interface Checked {
  readonly section: Section;
  readonly value: unknown;
  readonly given: string;
  /** Mistakes that were taken out of the value: only what holds whatever stood there is told. */
  readonly beside?: readonly Finding[];
}

export interface CheckedProject {
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** What it asks for beyond what any project may have, trusted or not. */
  readonly asked: readonly Asked[];
}

/** Checks the bytes of a project file against the sections; reports problems and never throws for them. */
export async function checkProject(
  bytes: Uint8Array,
  dir: string,
  sections: readonly Section[],
  trust?: Trust,
): Promise<CheckedProject> {
  const parsed = parseYaml(bytes);
  const schema = projectJsonSchema(sections);
  const reporter = new Reporter(parsed, schema);
  for (const { range, message } of parsed.problems) reporter.addSyntax(range, message);
  if (parsed.value === undefined) return { values: {}, problems: reporter.problems, asked: [] };

  const whole = topLevel(parsed, sections, schema, reporter);
  if (whole === undefined) return { values: {}, problems: reporter.problems, asked: [] };
  const written = writtenKeys(whole, sections);
  const values: Record<string, unknown> = {};
  const checked: Checked[] = [];
  for (const section of sections) {
    const { key, schema: sectionSchema } = section;
    const given = written.get(key) ?? key;
    const input = Object.hasOwn(whole, given) ? whole[given] : undefined;
    const result = await sectionSchema.safeParseAsync(input);
    if (result.success) {
      values[key] = result.data;
      checked.push({ section, value: result.data, given });
      continue;
    }
    const issues = result.error.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
    const found = findings(issues, { ...whole, [key]: input }, schema);
    for (const finding of found) reporter.add({ ...finding, path: [given, ...finding.path.slice(1)] });
    const within = found.map((finding) => ({ ...finding, path: finding.path.slice(1) }));
    const meant = mended(input, within);
    const repaired = await sectionSchema.safeParseAsync(meant);
    if (repaired.success) {
      checked.push({ section, value: repaired.data, given });
      continue;
    }
    const { data } = await sectionSchema.safeParseAsync(withoutWrongSettings(meant, within));
    if (data !== undefined) checked.push({ section, value: data, given, beside: within });
  }
  const check = new TrustCheck(trust ?? (await Trust.of(dir)));
  for (const { section, value, given, beside } of checked)
    for (const problem of (await section.check?.(value, { dir, whole: values, trust: check })) ?? []) {
      const path = problem.path.slice(1);
      if (beside === undefined || inWholeEntry(path, beside))
        reporter.add({ ...problem, path: [given, ...path] });
    }
  return { values, problems: reporter.problems, asked: check.asked };
}

function topLevel(
  parsed: ParsedYaml,
  sections: readonly Section[],
  schema: JsonSchema,
  reporter: Reporter,
): Record<string, unknown> | undefined {
  const known = sections.map(({ key }) => key);
  const accepted = say('accepted.keys', { keys: known });
  if (parsed.value === null) {
    reporter.add({ path: [], message: say('problem.empty'), accepted, showValue: false });
    return undefined;
  }
  if (typeof parsed.value !== 'object' || Array.isArray(parsed.value)) {
    reporter.add({ path: [], message: say('problem.no-mapping'), accepted });
    return undefined;
  }
  const whole = parsed.value as Record<string, unknown>;
  const unknown = Object.keys(whole).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    const issue = { code: 'unrecognized_keys' as const, keys: unknown, path: [], message: '' };
    for (const finding of findings([issue], whole, schema)) reporter.add(finding);
  }
  return whole;
}

/**
 * Under which key each section stands in the file: a misspelt one is reported once, as that, and its content is
 * checked as what it was meant to be.
 */
function writtenKeys(
  whole: Readonly<Record<string, unknown>>,
  sections: readonly Section[],
): ReadonlyMap<string, string> {
  const known = sections.map(({ key }) => key);
  const written = new Map(known.filter((key) => Object.hasOwn(whole, key)).map((key) => [key, key]));
  for (const key of Object.keys(whole)) {
    const meant = known.includes(key) ? undefined : nearest(key, known);
    if (meant !== undefined && !written.has(meant)) written.set(meant, key);
  }
  return written;
}
