import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrustRecord } from '../../src/app/records/trust.ts';
import { endProject, run, type Finished } from '../product/command.ts';
import { TestProject } from '../product/project.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const commit = '0123456789abcdef0123456789abcdef01234567';

let project: TestProject;
let around: string;
let env: Record<string, string | undefined>;
let attacker: Server;
let asked: string[];
let address: string;
beforeEach(async () => {
  project = await TestProject.create();
  around = await mkdtemp(join(tmpdir(), 'towpath-around-'));
  const noProxy = {
    HTTP_PROXY: undefined,
    http_proxy: undefined,
    HTTPS_PROXY: undefined,
    https_proxy: undefined,
  };
  env = {
    ...noProxy,
    XDG_CONFIG_HOME: join(around, 'config'),
    ANY: 'a-secret-of-the-user',
    TOWPATH_TRUST: undefined,
  };
  asked = [];
  attacker = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.headers.authorization ?? 'without a secret'}`);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => attacker.listen(0, resolve));
  // This machine, by an address that is not taken for loopback.
  address = `http://0.0.0.0:${String((attacker.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  attacker.closeAllConnections();
  await new Promise((resolve) => attacker.close(resolve));
  await endProject(project);
  await rm(around, { recursive: true, force: true });
});

const towpath = (...args: string[]): Promise<Finished> => run(project, args, { env });

/** The command between backquotes in an error's fix, as a person would paste it, in another folder. */
async function paste({ stderr }: Finished): Promise<void> {
  const command = /`(towpath trust .+)`/.exec(stderr)?.[1] ?? '';
  expect(command).not.toBe('');
  const script = `towpath() { "${process.execPath}" "${main}" "$@"; }; ${command}`;
  await promisify(execFile)('sh', ['-c', script], {
    cwd: '/',
    env: { ...process.env, ...env },
  });
}

const hub = (): string =>
  `      - { hf: a/b, revision: ${commit}, file: x.gguf, endpoint: "${address}", token: "env:ANY" }`;

describe('a project file that came from somebody else', { timeout: 240_000 }, () => {
  it('sends no secret to a host, and asks none, before the user trusts it with both', async () => {
    await project.configure({ from: hub() });
    for (const command of ['validate', 'up']) {
      const refused = await towpath(command);
      expect(refused).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('TOW_PROJECT_UNTRUSTED') as string,
      });
      expect(refused.stderr).not.toContain('a-secret-of-the-user');
    }
    expect(asked).toEqual([]);
    // The host alone is not enough for the secret.
    expect(await towpath('trust', '--host', address)).toMatchObject({ exitCode: 0 });
    expect(await towpath('run')).toMatchObject({ exitCode: 2 });
    expect(asked).toEqual([]);
    await paste(await towpath('validate'));
    expect((await towpath('validate')).exitCode).toBe(0);
    expect((await towpath('run')).stderr).toContain('TOW_TRAIN_SOURCE_NOT_FOUND');
    expect(new Set(asked)).toEqual(new Set(['HEAD Bearer a-secret-of-the-user']));
    expect((await towpath('trust', '--revoke')).exitCode).toBe(0);
    expect((await towpath('validate')).exitCode).toBe(2);
  });

  it('is not followed to a host that a host of this machine redirects to', async () => {
    const local = createServer((request, response) => {
      const status = request.method === 'HEAD' ? 200 : 302;
      response.writeHead(status, { location: `${address}/x` }).end();
    });
    await new Promise<void>((resolve) => local.listen(0, '127.0.0.1', resolve));
    const port = String((local.address() as AddressInfo).port);
    await project.configure({
      from: `      - { hf: a/b, revision: ${commit}, file: x.gguf, endpoint: "http://127.0.0.1:${port}", token: "env:ANY" }`,
    });
    expect((await towpath('trust', '--secret', `env:ANY@http://127.0.0.1:${port}`)).exitCode).toBe(0);
    const refused = await towpath('run');
    expect(refused.stderr).toContain('TOW_PROJECT_UNTRUSTED');
    expect(asked).toEqual([]);
    await paste(refused);
    await towpath('run');
    expect(new Set(asked)).toEqual(new Set(['GET without a secret']));
    local.closeAllConnections();
    await new Promise((resolve) => local.close(resolve));
  });

  it('reads and quotes nothing outside of its folder, by name or by link, and says where it leads', async () => {
    const secret = join(around, 'passwd');
    await writeFile(secret, 'root:x:0:0:very-private\n');
    await mkdir(project.path('links'));
    await symlink(secret, project.path('links/suite.jsonl'));
    await project.edit('towpath.yaml', 'max_tokens: 24', `glossary: ${secret}`);
    await project.edit('towpath.yaml', 'suite/all.jsonl', 'links/suite.jsonl');
    const refused = await towpath('validate');
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('2 things') as string });
    expect(refused.stderr).not.toContain('very');
    const { stdout } = await towpath('validate', '--json');
    expect(stdout).not.toContain('very');
    // Trusted, it may be read; what stands in it is quoted to nobody all the same.
    await paste(refused);
    const broken = await towpath('validate');
    expect(broken).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('TOW_PROJECT_INVALID') as string,
    });
    expect(broken.stderr).not.toMatch(/very|root:/);
    // The project file itself may be such a link: its lines are quoted, so no trust allows it.
    await rm(project.path('towpath.yaml'));
    await symlink(secret, project.path('towpath.yaml'));
    const linked = await towpath('validate');
    expect(linked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('leads out') as string });
    expect(linked.stderr).not.toMatch(/very|root:/);
  });

  it('takes models and sources from beside the project once the printed command was run', async () => {
    await mkdir(join(around, 'docs'));
    await writeFile(
      join(around, 'docs/well.md'),
      '# The well\n\nThe well of Tamsin Rook is 31 metres deep.\n',
    );
    await writeFile(join(around, 'tiny.gguf'), await readFile(project.path('models/tiny.gguf')));
    await project.configure({
      files: `"docs/**/*.md", "${around}/docs/*.md"`,
      from: `      - file: ${join(around, 'tiny.gguf')}`,
    });
    const refused = await towpath('run');
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('2 things') as string });
    await paste(refused);
    expect(await towpath('run')).toMatchObject({ exitCode: 0, stderr: '' });
    const { stdout } = await towpath('trust', '--json');
    const { asked: asks, trusted, project: bound } = JSON.parse(stdout) as TrustRecord;
    expect(asks.map(({ kind, where, trusted: yes }) => [kind, where, yes])).toEqual([
      ['path', 'sources[0].files[1]', true],
      ['path', 'models.generator.from[0].file', true],
    ]);
    expect(trusted.paths).toHaveLength(2);
    expect(bound).toBe(project.dir);
  });

  it('is trusted in CI by a file that is passed, which the project cannot bring itself', async () => {
    await project.configure({ from: hub() });
    const file = join(around, 'ci.json');
    const host = ['trust', '--trust-file', file, '--host', address, '--secret', `env:ANY@${address}`];
    expect(await towpath(...host)).toMatchObject({ exitCode: 0 });
    expect((await towpath('validate')).exitCode).toBe(2);
    expect((await towpath('validate', '--trust-file', file)).exitCode).toBe(0);
    env = { ...env, TOWPATH_TRUST: file };
    expect((await towpath('run')).stderr).toContain('TOW_TRAIN_SOURCE_NOT_FOUND');
    expect(asked).not.toEqual([]);
    await project.write('ci.json', await readFile(file));
    expect(await towpath('validate', '--trust-file', 'ci.json')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('TOW_PROJECT_TRUST_FILE') as string,
    });
  });

  it('needs no trust for what lies inside it', async () => {
    const { stdout } = await towpath('trust');
    expect(stdout).toContain('asks for nothing that needs your trust');
    expect(await towpath('trust', '--revoke', '--host', 'hub.example')).toMatchObject({ exitCode: 2 });
    expect(await towpath('trust', '--host', 'not a host')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('TOW_PROJECT_TRUST_ENTRY') as string,
    });
  });
});
