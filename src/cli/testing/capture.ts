import { Readable } from 'node:stream';
import type { Towpath } from '../../app/towpath.ts';
import { toySections } from '../../project/testing/toy-sections.ts';
import type { Wiring } from '../context.ts';
import type { Io, Output } from '../io.ts';
import { runCli } from '../run-cli.ts';

export class CapturedOutput implements Output {
  text = '';
  isTerminal = false;
  columns = 100;
  rows = 24;

  write(text: string): void {
    this.text += text;
  }

  async taken(): Promise<void> {
    // It is all kept.
  }

  get lines(): string[] {
    return this.text.replace(/\n$/, '').split('\n');
  }
}

export interface CliRun {
  readonly exitCode: number;
  readonly out: CapturedOutput;
  readonly err: CapturedOutput;
}

/** Runs a command line in this process, over the parts of a Towpath that it should call. */
export async function cli(
  args: readonly string[],
  options: {
    cwd?: string;
    towpath?: Partial<Towpath>;
    input?: string;
    signal?: AbortSignal;
    /** Told the folder of each project that is opened. */
    opened?: string[];
  } = {},
): Promise<CliRun> {
  const out = new CapturedOutput();
  const err = new CapturedOutput();
  const io: Io = {
    out,
    err,
    in: Readable.from(options.input === undefined ? [] : [Buffer.from(options.input)]),
    env: {},
    cwd: options.cwd ?? '/',
    signal: options.signal ?? new AbortController().signal,
  };
  const wiring: Wiring = {
    open: ({ dir }) => {
      options.opened?.push(dir);
      return Promise.resolve({ close: () => Promise.resolve(), ...options.towpath } as Towpath);
    },
    sections: () => Promise.resolve(toySections),
  };
  return { exitCode: await runCli(args, io, wiring), out, err };
}
