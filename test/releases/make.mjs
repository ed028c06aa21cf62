// Keeps a release of this version, so that every later one is held to read it:
//   npm run build && node test/releases/make.mjs
// makes test/releases/<version>/ out of test/releases/project/; it never changes one that is there.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const { version } = JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8'));
const kept = join(here, version);
if (existsSync(kept)) throw new Error(`${kept} is there already`);
const project = mkdtempSync(join(tmpdir(), 'towpath-kept-'));
cpSync(join(here, 'project'), project, { recursive: true });
for (const args of [['run'], ['backup', kept]]) {
  const program = join(here, '../../dist/cli/main.js');
  const { status } = spawnSync(process.execPath, [program, ...args, '--project', project], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`towpath ${args.join(' ')} ended with ${String(status)}`);
}
rmSync(project, { recursive: true });
