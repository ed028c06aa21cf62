import { spawn } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Node.js with its npm, as a newcomer has them on the PATH. */
export interface NodeVersion {
  readonly name: string;
  run(command: string, args: readonly string[], cwd: string): Promise<Outcome>;
  /** Its environment: no setting of the npm that runs the tests reaches the one under test. */
  readonly env: Readonly<Record<string, string>>;
}

/** The Node.js that runs the tests. */
export function currentNode(cache: string): NodeVersion {
  return nodeVersion(process.version, process.env['PATH'] ?? '', cache);
}

/** Another version, from the package registry, with the npm that came with it. */
export async function fetchNode(
  versions: { readonly node: string; readonly npm: string },
  folder: string,
  cache: string,
): Promise<NodeVersion> {
  const platform = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const fetched = await currentNode(cache).run(
    'npm',
    [
      'install',
      '--prefer-offline',
      '--ignore-scripts',
      `${platform}@${versions.node}`,
      `npm@${versions.npm}`,
    ],
    folder,
  );
  if (fetched.exitCode !== 0) throw new Error(`Node.js ${versions.node} cannot be had: ${fetched.stderr}`);
  const packages = join(folder, 'node_modules');
  await symlink(join(packages, platform, 'bin', 'node'), join(bin, 'node'));
  await symlink(join(packages, 'npm', 'bin', 'npm-cli.js'), join(bin, 'npm'));
  await symlink(join(packages, 'npm', 'bin', 'npx-cli.js'), join(bin, 'npx'));
  return nodeVersion(`v${versions.node}`, [bin, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter), cache);
}

function nodeVersion(name: string, path: string, cache: string): NodeVersion {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^npm_|^NODE_(?!EXTRA_CA_CERTS$)|^VITE|^PATH$/i.test(key),
  );
  const env = { ...(Object.fromEntries(inherited) as Record<string, string>), PATH: path };
  const all = { ...env, npm_config_cache: cache, NO_COLOR: '1' };
  return { name, env: all, run: (command, args, cwd) => outcome(command, args, cwd, all) };
}

function outcome(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode, stdout, stderr });
    });
  });
}
