import { randomBytes } from 'node:crypto';
import { chmod, open, realpath, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, parse, resolve } from 'node:path';
import { z } from 'zod';
import { isWithin, realAsFarAs } from '../../core/allowed-place.ts';
import { OverTime, withDeadline } from '../../core/deadline.ts';
import { TowpathError } from '../../core/errors/towpath-error.ts';
import { withFileLock } from '../../core/file-lock.ts';
import { makeFolders } from '../../core/make-folders.ts';
import { say, type Message } from '../../core/messages/message.ts';
import { OutsideFile, OutsideFileError } from '../../core/outside-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where trust is kept. */
export interface TrustPlace {
  readonly file: string;
  /** Named for this command (`--trust-file`, TOWPATH_TRUST), rather than the user's own. */
  readonly named: boolean;
}

const grantsSchema = z.strictObject({
  hosts: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  paths: z.array(z.string()).default([]),
});

const fileSchema = z.strictObject({
  schema: z.literal(1),
  /** By the real path of the project's folder. */
  projects: z.record(z.string(), grantsSchema),
});

export type Grants = z.infer<typeof grantsSchema>;
export type TrustContent = z.infer<typeof fileSchema>;

export const noGrants: Grants = { hosts: [], secrets: [], paths: [] };

/** In a file that is named for one command: whichever project the command is about. */
export const anyProject = '*';

const maxTrustFileBytes = 1 << 20;

/** Milliseconds that another command may hold it: longer than a dead one of another machine is waited for. */
const patience = 20_000;

/** The file named by TOWPATH_TRUST (`--trust-file` sets it), else the user's own. */
export function trustPlace(env: Environment): TrustPlace {
  const named = env['TOWPATH_TRUST'] ?? '';
  if (named !== '') return { file: resolve(named), named: true };
  const base = env['XDG_CONFIG_HOME'] ?? '';
  // A relative one is to be ignored, as the specification has it: it would depend on the folder one stands in.
  const folder = isAbsolute(base) ? base : join(env['HOME'] || homedir(), '.config');
  return { file: join(folder, 'towpath', 'trust.json'), named: false };
}

/**
 * What the file says about all projects. The user's own may be missing: then nothing is trusted.
 *
 * @throws TowpathError TOW_PROJECT_TRUST_FILE when it cannot be read or understood, or a pull request could bring it
 */
export async function readTrustFile(place: TrustPlace, projectDir: string): Promise<TrustContent> {
  if (await comesWithProject(place, projectDir)) {
    const reason = place.named ? say('trust-file.in-checkout') : say('trust-file.in-project');
    throw broken(place, reason, say('trust-file.elsewhere'));
  }
  const bytes = await readBytes(place);
  if (bytes === undefined) return { schema: 1, projects: {} };
  const parsed = fileSchema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw broken(place, say('trust-file.other'));
}

/**
 * Changes the file: one writer at a time, whole or not at all. The user's own file and its folder are made for its
 * owner alone.
 *
 * @throws TowpathError TOW_PROJECT_TRUST_FILE
 */
export async function changeTrustFile(
  place: TrustPlace,
  projectDir: string,
  change: (content: TrustContent) => TrustContent,
): Promise<void> {
  // A link to it (a folder of dotfiles) stays a link.
  const file = await realAsFarAs(place.file);
  try {
    makeFolders(dirname(file), 0o700);
    if (!place.named) await chmod(dirname(place.file), 0o700);
    const write = async (): Promise<void> => {
      const content = place.named && !(await exists(file)) ? empty() : await readTrustFile(place, projectDir);
      await replace(file, `${JSON.stringify(change(content), null, 2)}\n`);
    };
    await withDeadline(patience, undefined, (signal) => withFileLock(`${file}.lock`, write, { signal }));
  } catch (error) {
    if (error instanceof TowpathError) throw error;
    const held = error instanceof Error && error.cause instanceof OverTime;
    const why = held
      ? say('trust-file.held', { path: `${file}.lock`, seconds: patience / 1000 })
      : say('trust-file.not-written');
    throw broken(place, why, undefined, error);
  }
}

function empty(): TrustContent {
  return { schema: 1, projects: {} };
}

/**
 * Whether a change to the project could have brought the file: it lies in the project's folder, or, if it was named for
 * one command, in the checkout around it. (A user whose home is a checkout has the own file there by rights.)
 */
async function comesWithProject(place: TrustPlace, projectDir: string): Promise<boolean> {
  const project = await realpath(projectDir);
  const file = await realAsFarAs(place.file);
  const around = place.named ? await checkoutOf(project) : project;
  // Looked at both ways: a link inside the project to a file elsewhere came with the project, too.
  return isWithin(around, file) || isWithin(around, resolve(place.file));
}

async function checkoutOf(project: string): Promise<string> {
  for (let folder = project; dirname(folder) !== folder; folder = dirname(folder))
    if (await exists(join(folder, '.git'))) return folder;
  return project;
}

async function readBytes(place: TrustPlace): Promise<Buffer | undefined> {
  const { root } = parse(resolve(place.file));
  try {
    const file = await OutsideFile.open(place.file, { within: [root], maxBytes: maxTrustFileBytes });
    // Nobody else may say what this user trusts.
    if (!place.named && process.platform !== 'win32' && (file.mode & 0o022) !== 0) {
      await file.close();
      throw broken(place, say('trust-file.writable'), say('trust-file.chmod', { file: place.file }));
    }
    return await file.whole();
  } catch (error) {
    if (!(error instanceof OutsideFileError)) throw error;
    if (error.problem === 'missing' && !place.named) return undefined;
    throw broken(place, error.said, undefined, error);
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

async function replace(file: string, text: string): Promise<void> {
  const next = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(next, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}

function broken({ file }: TrustPlace, why: Message, hint?: Message, cause?: unknown): TowpathError {
  return new TowpathError('TOW_PROJECT_TRUST_FILE', say('trust-file.refused', { file, why }), {
    where: file,
    cause,
    ...(hint !== undefined && { hint }),
  });
}
