import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess } from '../../core/process-identity.ts';
import { readAsk, secretAsk, trustCommand } from './ask.ts';
import { TrustCheck } from './check.ts';
import { originOf } from './origin.ts';
import { changeTrustFile, noGrants, trustPlace, type Environment } from './trust-file.ts';
import { readTrust, Trust } from './trust.ts';

let top: string;
let project: string;
let env: Environment;
beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'towpath-trust-')));
  project = join(top, 'project');
  await mkdir(project);
  env = { XDG_CONFIG_HOME: join(top, 'config') };
});
afterEach(() => rm(top, { recursive: true, force: true }));

const hub = 'https://hub.example';
const own = (): string => join(top, 'config/towpath/trust.json');
const grant = (hosts: string[], place = trustPlace(env), key = project): Promise<void> =>
  changeTrustFile(place, project, ({ schema, projects }) => ({
    schema,
    projects: {
      ...projects,
      [key]: { ...noGrants, hosts: [...(projects[key]?.hosts ?? []), ...hosts] },
    },
  }));
const allowsHub = async (dir = project, where = env): Promise<boolean> =>
  (await readTrust(dir, where)).allows({ kind: 'host', value: hub });

describe('what a person writes', () => {
  it('is one origin, however a host is written', () => {
    for (const text of ['hub.example', 'hub.example:443', 'https://hub.example', 'https://HUB.example/'])
      expect(originOf(text)).toBe(hub);
    expect(originOf('http://10.0.0.7:8080')).toBe('http://10.0.0.7:8080');
    for (const text of ['', 'ftp://x', 'https://a:b@x', 'https://x/path', 'a b', '*', 'file:///etc/passwd'])
      expect(() => originOf(text)).toThrow(
        expect.objectContaining({ code: 'TOW_PROJECT_TRUST_ENTRY' }) as Error,
      );
  });

  it('is a secret with the host that it goes to, or refused', () => {
    expect(readAsk('secret', 'env:A@hub.example').value).toBe(`env:A@${hub}`);
    expect(readAsk('secret', 'file:/run/a@b@hub.example').value).toBe(`file:/run/a@b@${hub}`);
    for (const text of ['env:A', 'A@hub.example', '@hub.example', 'env:@x'])
      expect(() => readAsk('secret', text)).toThrow();
    expect(() => readAsk('path', 'relative')).toThrow();
  });

  it('comes back from a shell as it was, whatever a project file makes of it', () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(words, words, (dir, file) => {
        const asks = [secretAsk(`file:${file}`, new URL(hub)), { kind: 'path' as const, value: `/${file}` }];
        const command = trustCommand(`/${dir}`, asks).replace(/^towpath trust /, "printf '%s\\0' ");
        const args = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\0');
        expect(args).toEqual([
          '--project',
          `/${dir}`,
          '--secret',
          `file:${file}@${hub}`,
          '--path',
          `/${file}`,
          '',
        ]);
      }),
      { numRuns: 60, examples: [["'; touch /tmp/x; '", '$(id)`id`"']] },
    );
  });
});

describe('trust', () => {
  it('is needed for any host but this machine and the built-in hub with its storage', async () => {
    const trust = await Trust.of(project);
    const allows = (value: string): boolean => trust.allows({ kind: 'host', value });
    for (const open of [
      'http://127.0.0.1:9',
      'http://localhost:80',
      'http://[::1]:80',
      'https://huggingface.co',
    ])
      expect([open, allows(new URL(open).origin)]).toEqual([open, true]);
    for (const open of ['https://cdn-lfs.huggingface.co', 'https://cas-bridge.xethub.hf.co'])
      expect(allows(open)).toBe(true);
    for (const closed of [
      'http://huggingface.co',
      'https://huggingface.co:8443',
      'https://huggingface.co.evil.example',
      'https://evilhf.co',
      'http://0.0.0.0:80',
      'http://127.0.0.1.evil.example',
      'http://169.254.169.254',
    ])
      expect([closed, allows(new URL(closed).origin)]).toEqual([closed, false]);
  });

  it('of a secret is for one host, and never comes with the host', async () => {
    const trust = await Trust.of(project, { ...noGrants, hosts: [hub], secrets: [`env:A@${hub}`] });
    expect(trust.allows(secretAsk('env:A', new URL(hub)))).toBe(true);
    for (const [name, url] of [
      ['env:B', hub],
      ['env:A', 'https://other.example'],
      ['env:A', 'http://hub.example'],
    ] as const)
      expect(trust.allows(secretAsk(name, new URL(url)))).toBe(false);
    expect(trust.allows(secretAsk('env:A', new URL('http://127.0.0.1:1')))).toBe(false);
  });

  it('follows redirects to trusted hosts only, and to this machine from this machine only', async () => {
    const trust = await Trust.of(project, { ...noGrants, hosts: [hub] });
    const [local, far, other] = ['http://127.0.0.1:1', hub, 'https://other.example'].map(
      (url) => new URL(url),
    ) as [URL, URL, URL];
    trust.requireRedirect(local, far);
    trust.requireRedirect(local, new URL('http://127.0.0.1:2'));
    for (const [from, to] of [
      [far, other],
      [far, local],
      [local, other],
    ] as const)
      expect(() => trust.requireRedirect(from, to)).toThrow(
        expect.objectContaining({
          code: 'TOW_PROJECT_UNTRUSTED',
          hint: expect.stringContaining(`towpath trust --project ${project} --host ${to.origin}`) as string,
        }) as Error,
      );
  });

  it('names what lies in the folder of a process as it was written: it is not there any more when one types it', async () => {
    const trust = await Trust.of(project);
    for (const path of ['/proc/self/environ', '/proc/thread-self/status'])
      await expect(trust.open(path, 1024)).rejects.toMatchObject({
        hint: expect.stringContaining(`--path ${path}\``) as string,
      });
    const check = new TrustCheck(trust);
    const [problem] = await check.path(['sources'], '/proc/self/environ');
    expect(problem?.ask?.value).toBe('/proc/self/environ');
  });

  it('of a secret file follows links outside, as mounted secrets are, and none from inside to outside', async () => {
    await mkdir(join(top, 'run/data'), { recursive: true });
    await writeFile(join(top, 'run/data/token'), 'abc');
    await symlink('data/token', join(top, 'run/token'));
    await symlink(join(top, 'run/token'), join(project, 'token'));
    const trust = await Trust.of(project);
    expect(String(await (await trust.openSecret(join(top, 'run/token'))).whole())).toBe('abc');
    expect(String(await (await trust.openSecret('../run/token')).whole())).toBe('abc');
    await expect(trust.openSecret('token')).rejects.toMatchObject({ problem: 'outside' });
    await expect(trust.openSecret(join(project, 'token'))).rejects.toMatchObject({ problem: 'outside' });
    await expect(trust.openSecret('/dev/zero')).rejects.toMatchObject({ problem: 'special' });
  });
});

describe('the trust file', () => {
  it('is bound to the real path of the project, and made for its owner alone', async () => {
    await grant([hub]);
    expect(await allowsHub()).toBe(true);
    await symlink(project, join(top, 'link'));
    expect(await allowsHub(join(top, 'link'))).toBe(true);
    await mkdir(join(top, 'other'));
    expect(await allowsHub(join(top, 'other'))).toBe(false);
    if (process.platform === 'win32') return;
    expect((await stat(own())).mode & 0o777).toBe(0o600);
    expect((await stat(join(top, 'config/towpath'))).mode & 0o777).toBe(0o700);
  });

  it('loses nothing when many write at once', async () => {
    const hosts = Array.from({ length: 25 }, (_, n) => `https://h${String(n)}.example`);
    await Promise.all(hosts.map((host) => grant([host])));
    expect([...(await readTrust(project, env)).grants.hosts].sort()).toEqual([...hosts].sort());
  });

  it('takes over the lock of a command that died', async () => {
    await mkdir(join(top, 'config/towpath'), { recursive: true });
    await writeFile(`${own()}.lock`, (identifyProcess() ?? '').replace(/^\d+-\d+/, '4194303-1'));
    await grant([hub]);
    expect(await allowsHub()).toBe(true);
  });

  it('is refused when others may write it, when it is broken, and when a later version wrote it', async () => {
    await grant([hub]);
    await chmod(own(), 0o622);
    await expect(allowsHub()).rejects.toMatchObject({
      code: 'TOW_PROJECT_TRUST_FILE',
      hint: `chmod 600 ${own()}`,
    });
    await chmod(own(), 0o600);
    for (const text of [
      '',
      '{',
      '{"schema":2,"projects":{}}',
      '[]',
      '{"schema":1,"projects":{"/x":{"hosts":"a"}}}',
    ]) {
      await writeFile(own(), text);
      await expect(allowsHub()).rejects.toMatchObject({ code: 'TOW_PROJECT_TRUST_FILE' });
    }
    await rm(own());
    execFileSync('mkfifo', [own()]);
    await expect(allowsHub()).rejects.toThrow(/a FIFO/);
  });

  it('is never one that the project brings: in its folder, its checkout, or by a link in it', async () => {
    const text = JSON.stringify({ schema: 1, projects: { '*': { hosts: [hub] } } });
    const named = (file: string): Environment => ({ TOWPATH_TRUST: file });
    await writeFile(join(project, 'trust.json'), text);
    await expect(allowsHub(project, named(join(project, 'trust.json')))).rejects.toThrow(/checkout/);
    await writeFile(join(top, 'ci.json'), text);
    expect(await allowsHub(project, named(join(top, 'ci.json')))).toBe(true);
    await symlink('../ci.json', join(project, 'ci.json'));
    await expect(allowsHub(project, named(join(project, 'ci.json')))).rejects.toThrow(/checkout/);
    await mkdir(join(top, '.git'));
    await expect(allowsHub(project, named(join(top, 'ci.json')))).rejects.toThrow(/checkout/);
    await expect(allowsHub(project, { XDG_CONFIG_HOME: project })).rejects.toThrow(/project folder itself/);
  });

  it('named for one command may trust whichever project that is; the user’s own may not', async () => {
    await grant([hub], trustPlace(env), '*');
    expect(await allowsHub()).toBe(false);
    expect(await allowsHub(project, { TOWPATH_TRUST: own() })).toBe(true);
    await expect(allowsHub(project, { TOWPATH_TRUST: join(top, 'none.json') })).rejects.toThrow(/not there/);
  });

  it('keeps what it says of other projects', async () => {
    await grant([hub], trustPlace(env), '/another');
    await grant([hub]);
    const { projects } = JSON.parse(await readFile(own(), 'utf8')) as { projects: object };
    expect(Object.keys(projects)).toEqual(['/another', project]);
  });
});
