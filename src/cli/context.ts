import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Towpath } from '../app/towpath.ts';
import { systemClock } from '../core/clock.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import {
  wordsIn,
  type Message,
  type Saying,
  type Speech,
  type Text,
  type Words,
} from '../core/messages/message.ts';
import type { MessageId } from '../core/messages/table.ts';
import { shellWord } from '../core/shell-word.ts';
import { findProject, type ProjectPlace } from '../project/find.ts';
import type { Section } from '../project/section.ts';
import type { Environment } from '../project/trust/trust-file.ts';
import type { Io, Output } from './io.ts';
import { chooseStyle, type Style } from './output/style.ts';
import { whileWaiting } from './progress/wait.ts';
import { createView, type View } from './progress/view.ts';

/** How the command line reaches the rest of Towpath; loaded when a command needs it, so that `--help` is quick. */
export interface Wiring {
  open(place: ProjectPlace, env: Environment): Promise<Towpath>;
  sections(): Promise<readonly Section[]>;
}

interface GlobalOptions {
  readonly project?: string;
  readonly trustFile?: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

/** The command line again, for a certain project, as a shell reads it. */
function commandLine(args: readonly string[], dir: string): string {
  return ['towpath', ...['--project', dir, ...args].map(shellWord)].join(' ');
}

/** What a command has at hand: options that hold for all, where to print, and the project. */
export class Context {
  readonly io: Io;
  readonly wiring: Wiring;
  /** The language that it speaks to whoever reads it; `--json` is the same in every language. */
  readonly language: Speech;
  readonly words: Words;
  /** Set by a command that ends well, but not with 0. */
  exitCode: number | undefined;
  readonly #args: readonly string[];
  #options: GlobalOptions = {};

  constructor(io: Io, wiring: Wiring, language: Speech, args: readonly string[]) {
    this.#args = args;
    this.io = io;
    this.wiring = wiring;
    this.language = language;
    this.words = wordsIn(language);
  }

  /** A text of the table, in the reader's language. */
  say<Id extends MessageId>(...text: Saying<Id>): string {
    return this.words(...text);
  }

  render(text: Text): string {
    return this.words.text(text);
  }

  /** Takes the options that hold for every command, before its action runs. */
  take(command: Command): void {
    this.#options = command.optsWithGlobals<GlobalOptions>();
  }

  get json(): boolean {
    return this.#options.json === true;
  }

  get style(): Style {
    return this.styleOf(this.io.out.isTerminal);
  }

  styleOf(isTerminal: boolean): Style {
    return chooseStyle({ wanted: this.#options.color !== false, env: this.io.env, isTerminal });
  }

  /** Prints lines for people. */
  print(...lines: readonly string[]): void {
    for (const line of lines) this.io.out.write(`${line}\n`);
  }

  /** Prints one record: as JSON when asked for, else as its lines. */
  printRecord(record: unknown, lines: () => readonly string[]): void {
    if (this.json) this.io.out.write(`${JSON.stringify(record, undefined, 2)}\n`);
    else this.print(...lines());
  }

  /** The environment for the rest of Towpath and its steps, which stand in another folder: it names the trust file. */
  get env(): Environment {
    const { cwd, env } = this.io;
    const file = this.#options.trustFile ?? env['TOWPATH_TRUST'] ?? '';
    return file === '' ? env : { ...env, TOWPATH_TRUST: resolve(cwd, file) };
  }

  /** The folder named by `--project`. */
  get named(): string | undefined {
    return this.#options.project;
  }

  /**
   * The project: that of `--project`, else the nearest upwards, else the one below that was worked with, which is said.
   *
   * @throws TOW_PROJECT_NOT_FOUND, TOW_PROJECT_SEVERAL
   */
  async place(): Promise<ProjectPlace> {
    const { io, named } = this;
    try {
      return await findProject({ cwd: io.cwd, ...(named !== undefined && { named }) });
    } catch (error) {
      if (named !== undefined || !(error instanceof TowpathError) || error.code !== 'TOW_PROJECT_NOT_FOUND')
        throw error;
      const { usedProjectBelow } = await import('../app/project-below.ts');
      const below = await usedProjectBelow(io.cwd, (dir) => commandLine(this.#args, relative(io.cwd, dir)));
      if (below === undefined) throw error;
      if (!this.json)
        io.err.write(
          `${this.styleOf(io.err.isTerminal).dim(this.say('usage.project-below', { dir: relative(io.cwd, below.dir) }))}\n`,
        );
      return below;
    }
  }

  /**
   * Opens the project for as long as `use` takes.
   *
   * @param waiting what a terminal says meanwhile, until `use` calls `come` because it prints something
   */
  async withTowpath<T>(
    use: (towpath: Towpath, come: () => void) => Promise<T>,
    waiting?: Message,
  ): Promise<T> {
    const place = await this.place();
    const work = async (come: () => void) => {
      const towpath = await this.wiring.open(place, this.env);
      try {
        return await use(towpath, come);
      } finally {
        await towpath.close();
      }
    };
    return await (waiting === undefined ? work(() => undefined) : this.waiting(waiting, work));
  }

  /** Says on a terminal what is being waited for while `work` takes more than a moment. */
  async waiting<T>(text: Message, work: (come: () => void) => Promise<T>): Promise<T> {
    const { err } = this.io;
    const options = { err, style: this.styleOf(err.isTerminal), clock: systemClock, words: this.words };
    return await whileWaiting(text, options, work);
  }

  /** A view of events; whoever asks for it ends it. */
  viewOn(out: Output): View {
    const { words, json } = this;
    return createView({ out, style: this.styleOf(out.isTerminal), words, clock: systemClock, json });
  }

  /** Shows events for as long as `use` takes; `come` is called before the first. */
  async withView<T>(use: (view: Pick<View, 'show'>) => Promise<T>, come = (): void => undefined): Promise<T> {
    const view = this.viewOn(this.io.out);
    const show: View['show'] = (event) => {
      come();
      view.show(event);
    };
    try {
      return await use({ show });
    } finally {
      view.end();
    }
  }
}
