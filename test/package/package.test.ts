import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesUnder } from '../../src/train/python/bytes-under.ts';
import { leftovers, makeClone } from './clone.ts';
import { currentNode, fetchNode, type NodeVersion } from './node-version.ts';

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

let dir: string;
let cache: string;
let packed: Packed;
let tarball: string;

beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'towpath-package-')));
  cache = await cacheBeside(dir);
  await makeClone(join(dir, 'clone'));
  const { exitCode, stdout, stderr } = await currentNode(cache).run(
    'npm',
    ['pack', '--json', '--pack-destination', dir],
    join(dir, 'clone'),
  );
  expect(exitCode, stderr).toBe(0);
  [packed] = JSON.parse(stdout) as [Packed];
  tarball = join(dir, packed.filename);
}, 600_000);
afterAll(() => rm(dir, { recursive: true, force: true }), 120_000);

/** What npm downloaded before is used again, but what npx installs stays in the test's own folder. */
async function cacheBeside(folder: string): Promise<string> {
  const own = join(folder, 'npm');
  const { stdout } = await currentNode(own).run('npm', ['config', 'get', 'cache', '--location=user'], folder);
  await mkdir(own, { recursive: true });
  const shared = join(process.env['HOME'] ?? stdout.trim(), '.npm', '_cacache');
  await mkdir(shared, { recursive: true });
  await symlink(shared, join(own, '_cacache'));
  return own;
}

describe('the package', () => {
  it('is built when it is packed, and holds the program, its page, its trainer and its examples', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/cli/main.js',
        'dist/app/programs/replica.js',
        'dist/app/programs/step.js',
        'dist/flow/step-process.js',
        'dist/console/index.html',
        'trainer/requirements.txt',
        'trainer/requirements-train.txt',
        'trainer/src/towpath_trainer/train.py',
        'examples/handbook/towpath.yaml',
        'examples/handbook/docs/zh/index.md',
        'examples/handbook/suite/en.jsonl',
        'examples/tiny-lm/towpath.yaml',
      ]),
    );
  });

  it('holds nothing that work in the clone left behind, and no tests', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => leftovers.includes(path))).toEqual([]);
    expect(
      paths.filter((path) => /(?:^|\/)(?:\.|tests?\/|testing\/)|\.test\.|\.pyc$|\.tsbuildinfo$/.test(path)),
    ).toEqual([]);
    expect(packed.size).toBeLessThan(3_000_000);
  });
});

const current = () => Promise.resolve(currentNode(cache));
const other = (node: string, npm: string) => () => fetchNode({ node, npm }, join(dir, `node-${node}`), cache);

/** Each way to install it, each with another Node.js: what is slow is done three times, not nine. */
describe.each([
  ['npm install --global', current, installGlobally],
  ['npx', other('22.23.3', '10.9.4'), runByNpx],
  ['npm install in a project', other('24.9.0', '11.6.0'), installInProject],
] as const)('installed outside the clone by %s', (way, getNode, install) => {
  it('serves answers, without builds for GPUs', { timeout: 900_000 }, async () => {
    const node = await getNode();
    const place = join(dir, way.replaceAll(' ', '-'));
    await mkdir(place);
    const towpath = await install(node, place);
    expect(await bytesUnder(place)).toBeLessThan(480 * 2 ** 20);
    const names = await readdir(place, { recursive: true });
    expect(names.filter((name) => /@node-llama-cpp\/\w+-x64-(?:cuda|vulkan)/.test(name))).toEqual([]);
    expect(names.filter((name) => /node_modules\/onnxruntime/.test(name))).toEqual([]);
    await answers(node, towpath, join(place, 'documents'));
    await rm(place, { recursive: true });
  });
});

async function installGlobally(node: NodeVersion, place: string): Promise<string> {
  const args = ['install', '--global', '--prefer-offline', '--prefix', place, tarball];
  const { exitCode, stderr } = await node.run('npm', args, place);
  expect(exitCode, stderr).toBe(0);
  return join(place, 'bin', 'towpath');
}

async function runByNpx(node: NodeVersion, place: string): Promise<string> {
  const cacheOfNpx = join(place, 'npm');
  await mkdir(cacheOfNpx);
  await symlink(join(cache, '_cacache'), join(cacheOfNpx, '_cacache'));
  // npx takes an absolute path for a program.
  const file = `./${packed.filename}`;
  await copyFile(tarball, join(place, file));
  const args = ['--cache', cacheOfNpx, '--prefer-offline', '--yes', file, '--version'];
  const { exitCode, stdout, stderr } = await node.run('npx', args, place);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const [installed = ''] = await readdir(join(cacheOfNpx, '_npx'));
  return join(cacheOfNpx, '_npx', installed, 'node_modules', '.bin', 'towpath');
}

async function installInProject(node: NodeVersion, place: string): Promise<string> {
  await writeFile(join(place, 'package.json'), '{ "private": true }');
  const { exitCode, stderr } = await node.run('npm', ['install', '--prefer-offline', tarball], place);
  expect(exitCode, stderr).toBe(0);
  return join(place, 'node_modules', '.bin', 'towpath');
}

/** A newcomer's first commands, over two documents. */
async function answers(node: NodeVersion, towpath: string, documents: string): Promise<void> {
  await mkdir(documents);
  await writeFile(join(documents, 'hours.md'), '# Hours\n\nThe library opens at nine in the morning.\n');
  await writeFile(
    join(documents, 'loans.md'),
    '# Loans\n\nA reader may borrow five books for three weeks.\n',
  );
  for (const args of [['--version'], ['init'], ['doctor'], ['run']]) {
    const { exitCode, stdout, stderr } = await node.run(towpath, args, documents);
    expect(exitCode, `${args.join(' ')}: ${stdout}${stderr}`).toBe(0);
  }
  const port = await freePort();
  const service = spawn(towpath, ['serve', '--port', String(port)], {
    cwd: documents,
    env: node.env,
    stdio: 'ignore',
  });
  const ended = once(service, 'close');
  try {
    const asked = await askUntilServed(node, towpath, documents);
    expect(asked).toContain('nine in the morning');
    const page = await fetch(`http://127.0.0.1:${String(port)}/`);
    expect(await page.text()).toContain('<div id="root">');
  } finally {
    service.kill('SIGTERM');
    await ended;
  }
}

async function askUntilServed(node: NodeVersion, towpath: string, cwd: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const args = ['ask', 'When does the library open?'];
    const { exitCode, stdout, stderr } = await node.run(towpath, args, cwd);
    if (exitCode === 0) return stdout;
    if (tries === 60) throw new Error(`never served: ${stdout}${stderr}`);
    await sleep(1000);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
