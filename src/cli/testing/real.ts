import { Readable } from 'node:stream';
import { openTowpath } from '../../app/open.ts';
import { sections } from '../../app/stages.ts';
import type { Io } from '../io.ts';
import { runCli } from '../run-cli.ts';
import { CapturedOutput, type CliRun } from './capture.ts';

export interface Terminal {
  readonly env?: Io['env'];
  /** Of a terminal; without it the output goes to a file. */
  readonly columns?: number;
}

/** Runs a command line in this process on a real project: all of it but the process. */
export async function towpath(
  cwd: string,
  args: readonly string[],
  { env = {}, columns }: Terminal = {},
): Promise<CliRun> {
  const output = (): CapturedOutput =>
    Object.assign(new CapturedOutput(), columns === undefined ? {} : { columns, isTerminal: true });
  const [out, err] = [output(), output()];
  const signal = new AbortController().signal;
  const io: Io = { out, err, in: Readable.from([]), env, cwd, signal };
  const exitCode = await runCli(args, io, { open: openTowpath, sections: () => Promise.resolve(sections) });
  return { exitCode, out, err };
}

/** What `--json` printed. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- whoever asks says which record it is
export function parsed<T>({ out }: CliRun): T {
  return JSON.parse(out.text) as T;
}
