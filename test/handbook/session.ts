import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDeadline } from '../../src/core/deadline.ts';
import { TestProject } from '../product/project.ts';
import { differences, jsonDifferences, type Printed } from './form.ts';
import { isInstalled } from './installed.ts';
import { reasonNotToRun } from './not-run.ts';
import type { Page } from './pages.ts';
import { Shell, type Ended, type ShellOptions } from './shell.ts';
import { keyOf, stepsOf, withoutNotes, type Step } from './steps.ts';
import { troubles } from './troubles.ts';
import { shownPort, type World } from './world.ts';

type Place = 'clone' | 'manuals';

/** What stays in the foreground until Ctrl-C. */
const isService = (command: string): boolean =>
  /(?:^|&& |\n)(?:(?:\.\/)?towpath (?:up|serve)\b|npm run demo\b)[^\n]*$/.test(command);

/** What a reader types on every page anew: where the page is read. */
const movesOnly = ({ command }: Step): boolean => /^cd \S+$/.test(command);

/** What prints progress: its lines come in any order, and more of them than a page shows. */
const isFlow = (command: string): boolean =>
  isService(command) || /(?:^|[\n=" ])(?:\.\/)?towpath run(?! show)/.test(command);

const limit = 500_000;

/** A reader who types what the pages show, one page after the other. */
export class Session {
  readonly #world: World;
  readonly #seen = new Set<string>();
  readonly #services = new Map<string, Shell>();
  readonly #troubled = new Map<string, TestProject>();
  /** What the pages call things that have other names here. */
  readonly #names = new Map<string, string>();
  #edits = 1;

  constructor(world: World) {
    this.#world = world;
  }

  /** Which machine room a page stands in: the clone for those that begin there. */
  static placeOf(page: Page): Place {
    const all = stepsOf(page).map(({ command }) => command);
    return all.some((command) => /\bnpm (?:ci|run|link)|--project examples\//.test(command))
      ? 'clone'
      : 'manuals';
  }

  /** Runs what a page shows; tells all that is not as shown. */
  async read(page: Page): Promise<string[]> {
    const place = Session.placeOf(page);
    let cwd = this.#world[place];
    const steps = stepsOf(page).filter((step) => movesOnly(step) || !this.#seen.has(keyOf(step)));
    const wrong: string[] = [];
    for (const step of steps) {
      if (reasonNotToRun(step.command) !== undefined || isLacking(step.command)) continue;
      this.#seen.add(keyOf(step));
      const trouble = await this.#troubledBy(step);
      if (trouble === undefined) await this.#prepare(page, step, place, cwd);
      const { found, at } = await this.#run(page, step, trouble?.dir ?? cwd, place);
      if (trouble === undefined) cwd = at;
      wrong.push(...found.map((each) => `${page.path}:${String(step.line)}: ${step.command}\n    ${each}`));
    }
    return wrong;
  }

  /** The service that programs on a page speak to. */
  async serveFor(page: Page): Promise<number> {
    await this.#atWork(page);
    return this.#world.ports.manuals;
  }

  /** Gives a program of a page to its interpreter; @returns what it printed */
  async run(command: string, page: Page, cwd: string): Promise<Ended> {
    return await new Shell(command, this.#options(page, cwd), limit).ended;
  }

  /** A reader of the other language begins where the first one began: nothing that the clone serves goes on without its records. */
  async forget(): Promise<void> {
    for (const project of [...this.#services.keys()])
      if (project.startsWith(this.#world.clone)) await this.#stop(project);
    await this.#world.forget();
  }

  async end(): Promise<void> {
    for (const shell of this.#services.values()) await shell.stop();
    this.#services.clear();
  }

  #options(page: Page, cwd: string): ShellOptions {
    return { cwd, env: this.#world.env(page.language) };
  }

  async #run(page: Page, step: Step, cwd: string, place: Place): Promise<{ found: string[]; at: string }> {
    const command = await this.#asTyped(withoutNotes(step.command), page, place);
    const project = projectOf(command, cwd);
    await this.#world.givePort(cwd);
    if (isService(command)) {
      const found = await this.#serve(step, command, this.#options(page, cwd), project);
      return { found, at: command.includes('cd ') ? join(cwd, /cd (\S+)/.exec(command)?.[1] ?? '') : cwd };
    }
    const ended = await new Shell(command, this.#options(page, cwd), limit).ended;
    const failing = step.outputs.flat().some((line) => /^(?:error|错误) TOW_|"error": ?\{/.test(line.trim()));
    const found = this.#compare(step, command, ended);
    // What the last of several programs ends with says nothing of the others.
    const tells = !/^curl |\| (?:tail|jq)/.test(command);
    if (tells && (ended.exitCode === 0) === failing)
      found.push(`exit code ${String(ended.exitCode)}\n${ended.stdout}${ended.stderr}`);
    await this.#world.givePort(ended.cwd);
    return { found, at: ended.cwd };
  }

  /** What must be so before a step: the project is served, and a document has changed before a run that shows its work. */
  async #prepare(page: Page, { command, outputs }: Step, place: Place, cwd: string): Promise<void> {
    const named = /towpath init (\w+)/.exec(command)?.[1];
    if (named !== undefined) await this.#world.writePages(join(cwd, named, 'docs'));
    if (place === 'clone') {
      if (command.includes(' rollback')) await this.#another();
      return;
    }
    await this.#atWork(page);
    // A repair is for a project that nothing works on.
    if (/\btowpath repair\b/.test(command)) await this.#stop(this.#world.manuals);
    if (!isFlow(command) || isService(command) || outputs.length === 0) return;
    await this.#stop(this.#world.manuals);
    this.#edits += 1;
    const text = `# The team\n\nThe team of the manuals has ${String(this.#edits)} members.\n`;
    await writeFile(join(this.#world.manuals, 'docs/en/team.md'), text);
  }

  /** A second release of the demo, made as its page says: by a change in a document while it is served. */
  async #another(): Promise<void> {
    const dir = join(this.#world.clone, 'examples/handbook');
    const demo = this.#services.get(dir);
    if (demo === undefined || /swapped|已切换/.test(demo.stdout)) return;
    await appendFile(join(dir, 'docs/en/limits.md'), '\nA handbook is never finished.\n');
    if (!(await demo.until(() => /swapped|已切换/.test(demo.stdout), limit)))
      throw new Error(`no second release\n${demo.stdout}${demo.stderr}`);
  }

  async #isReady(): Promise<boolean> {
    const url = `http://127.0.0.1:${String(this.#world.ports.manuals)}/readyz`;
    return await withDeadline(20_000, undefined, async (signal) => (await fetch(url, { signal })).ok).catch(
      () => false,
    );
  }

  /** Starts a service and leaves it running. */
  async #serve(step: Step, command: string, options: ShellOptions, project: string): Promise<string[]> {
    await this.#stop(project);
    const shell = new Shell(command, options, 600_000);
    this.#services.set(project, shell);
    const found = () => this.#compare(step, command, shell);
    const isUp = await shell.until(() => /[●].*http:\/\/127\.0\.0\.1:\d+/.test(shell.stdout), limit);
    if (!isUp) return [`does not serve:\n${shell.stdout}${shell.stderr}`];
    await shell.until(() => found().length === 0, 60_000);
    return found();
  }

  async #stop(project: string): Promise<void> {
    const running = this.#services.get(project);
    if (running === undefined) return;
    this.#services.delete(project);
    const { exitCode, stdout, stderr } = running.isOver ? await running.ended : await running.stop();
    // The service ends with 0; npm ends as the signal would have ended it.
    if (exitCode !== 0 && exitCode !== 130 && exitCode !== null)
      throw new Error(`the service of ${project} ended with ${String(exitCode)}\n${stdout}${stderr}`);
  }

  /** The project under /srv as its pages find it: four releases, and served. */
  async #atWork(page: Page): Promise<void> {
    const dir = this.#world.manuals;
    const options = this.#options(page, dir);
    if (!existsSync(join(dir, '.towpath'))) {
      const file = join(dir, 'towpath.yaml');
      for (const bound of ['0.27', '0.28', '0.29', '0.3']) {
        const text = await readFile(file, 'utf8');
        await writeFile(file, text.replace(/decline_below: [\d.]+/, `decline_below: ${bound}`));
        const made = await new Shell('towpath run', options, limit).ended;
        if (made.exitCode !== 0) throw new Error(`no release in ${dir}\n${made.stdout}${made.stderr}`);
      }
    }
    if (this.#services.get(dir)?.isOver === false && (await this.#isReady())) return;
    await this.#stop(dir);
    const shell = new Shell('towpath up', options, 600_000);
    this.#services.set(dir, shell);
    if (!(await shell.until(() => shell.stdout.includes('●') && /watching|监视/.test(shell.stdout), limit)))
      throw new Error(`${dir} is not served\n${shell.stdout}${shell.stderr}`);
  }

  /** The folder of the project that has the error which a step shows. */
  async #troubledBy({ outputs }: Step): Promise<{ dir: string } | undefined> {
    const text = outputs.flat().join('\n');
    const trouble = troubles.find(({ code }) => text.includes(code));
    if (trouble === undefined) return undefined;
    let project = this.#troubled.get(trouble.code);
    if (project === undefined) {
      await mkdir(join(this.#world.root, 'troubled'), { recursive: true });
      project = await TestProject.create({}, join(this.#world.root, 'troubled'));
      await trouble.make(project);
      this.#troubled.set(trouble.code, project);
    }
    return { dir: project.dir };
  }

  /** The command with this machine's port and this project's digests in place of those that the page made up. */
  async #asTyped(command: string, page: Page, place: Place): Promise<string> {
    let typed = command
      .replaceAll(shownPort, String(this.#world.ports[place]))
      .replaceAll(' /srv/', ` ${this.#world.root}/srv/`);
    for (const [digest] of command.matchAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{12}\b/g))
      typed = typed.replaceAll(digest, await this.#digestOf(digest, page));
    return typed;
  }

  /** What the page calls by a digest: `index 9c2e41d07b1a` on the same page says what it is; else it is the dataset. */
  async #digestOf(shown: string, page: Page): Promise<string> {
    const known = this.#names.get(shown);
    if (known !== undefined) return known;
    const texts = stepsOf(page).flatMap(({ outputs }) => outputs.flat());
    const label =
      texts.map((line) => new RegExp(`(\\w+) ${shown}`).exec(line)?.[1]).find(Boolean) ?? 'dataset';
    const asked = await this.run('towpath lineage r1 --backwards --json', page, this.#world.manuals);
    const { nodes } = JSON.parse(asked.stdout) as { nodes: { id: string; label: string }[] };
    const real = nodes.find((node) => node.label === label)?.id.slice(0, 12);
    if (real === undefined) throw new Error(`${page.path}: no ${label} for ${shown}`);
    this.#names.set(shown, real);
    return real;
  }

  #compare(step: Step, command: string, printed: Printed): string[] {
    const stdout = this.#world.told(printed.stdout);
    const stderr = this.#world.told(printed.stderr);
    const lines = isFlow(command) ? { stdout: '', stderr: `${stdout}\n${stderr}` } : { stdout, stderr };
    return step.outputs.flatMap((output) => {
      const shown = jsonOf(output.join('\n'));
      if (shown === undefined) {
        const wrong = differences(output, lines);
        return wrong.length === 0 ? [] : [`${wrong.join('\n    ')}\n${stdout}${stderr}`];
      }
      const last = jsonOf(stdout) ?? jsonOf(stdout.trim().split('\n').at(-1) ?? '');
      return last === undefined ? [`no JSON: ${stdout}${stderr}`] : jsonDifferences(shown, last);
    });
  }
}

/** Outside of CI, a command of a program that this machine does not have is told and left out. */
function isLacking(command: string): boolean {
  const lacking = ['curl', 'jq', 'pandoc', 'pdftohtml'].find(
    (program) => new RegExp(`\\b${program} `).test(command) && !isInstalled(program),
  );
  if (lacking === undefined || process.env['CI'] !== undefined) return false;
  console.warn(`skipped: there is no ${lacking} on this machine for: ${command}`);
  return true;
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The project that a command speaks of: the one named, the demo's, or that of the folder. */
function projectOf(command: string, cwd: string): string {
  const named =
    /--project (\S+)/.exec(command)?.[1] ?? (command.includes('npm run demo') ? 'examples/handbook' : '');
  return join(cwd, named);
}
