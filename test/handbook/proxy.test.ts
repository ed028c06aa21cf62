import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConsole } from '../../src/gateway/console-files.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import { snapshot, startGateway } from '../../src/gateway/testing/gateway.ts';
import { smallQa } from '../../src/gateway/testing/small-qa.ts';
import { launch } from '../browser/chromium.ts';
import { meaningOf } from './blocks.ts';
import { isInstalled } from './installed.ts';
import { placeOf, readPages } from './pages.ts';

const proxies = readPages().flatMap((page) =>
  page.blocks.flatMap((block) => {
    const meaning = meaningOf(block, page);
    return meaning.kind === 'proxy' ? [{ place: placeOf(page, block), ...meaning }] : [];
  }),
);
const name = 'qa.example.com';
const user = { username: 'team', password: 'towing' };

describe('a reverse proxy set up as the pages show', () => {
  let gateway: Gateway;
  let browser: Browser;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'towpath-proxy-'));
    const files = await loadConsole(fileURLToPath(new URL('../../dist/console', import.meta.url)));
    gateway = await startGateway({ console: files }, snapshot({ qa: smallQa() }));
    browser = await launch([`--host-resolver-rules=MAP ${name} 127.0.0.1`]);
  });
  afterAll(async () => {
    await browser.close();
    await gateway.close(0);
    await rm(dir, { recursive: true, force: true });
  });

  test('is shown for more than one server', () => {
    expect(new Set(proxies.map(({ server }) => server))).toEqual(new Set(['caddy', 'nginx']));
  });

  const missing = process.env['CI'] === undefined && !['caddy', 'nginx'].every(isInstalled);
  test.skipIf(missing).each(proxies.map((each) => [each.server, each.place, each] as const))(
    '%s at %s lets the page load and ask, and keeps others out',
    async (server, _place, { settings }) => {
      const port = await freePort();
      const shown = settings.replaceAll('127.0.0.1:7411', new URL(gateway.url).host);
      const proxy = await (server === 'caddy' ? startCaddy : startNginx)(shown, port, dir);
      try {
        await until(() => reaches(port));
        const context = await browser.newContext({
          ignoreHTTPSErrors: true,
          httpCredentials: user,
          locale: 'en-GB',
        });
        const page = await context.newPage();
        await page.goto(`https://${name}:${String(port)}/`);
        await page.getByRole('textbox').fill('Which port does the gateway listen on?');
        await page.keyboard.press('Enter');
        await page.locator('.text').getByText('7411').waitFor();
        expect(await page.evaluate(askElsewhere, gateway.url)).toBe('refused');
        await context.close();

        expect(await statusForStrangers(port)).toBe(401);
      } finally {
        proxy.kill('SIGTERM');
        await new Promise((resolve) => proxy.once('close', resolve));
      }
    },
    120_000,
  );
});

/** A page under the proxy's name asks the gateway behind the proxy's back. */
async function askElsewhere(url: string): Promise<string> {
  const body = JSON.stringify({ question: 'Which port?' });
  const headers = { 'content-type': 'application/json', 'x-forwarded-host': 'qa.example.com' };
  return await fetch(`${url}/v1/qa`, { method: 'POST', headers, body }).then(
    () => 'answered',
    () => 'refused',
  );
}

/** What somebody without a password gets. */
async function statusForStrangers(port: number): Promise<number | undefined> {
  const headers = { host: `${name}:${String(port)}` };
  const options = { host: '127.0.0.1', port, servername: name, headers, rejectUnauthorized: false };
  return await new Promise((resolve, reject) => {
    get(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}

async function startCaddy(settings: string, port: number, dir: string): Promise<ChildProcess> {
  const hash = execFileSync('caddy', ['hash-password', '--plaintext', user.password], {
    encoding: 'utf8',
  }).trim();
  // A certificate of its own and no port 80 are what sets a test apart from a server on the internet.
  const global = `{\n admin off\n local_certs\n skip_install_trust\n auto_https disable_redirects\n https_port ${String(port)}\n}\n`;
  const file = join(dir, 'Caddyfile');
  await writeFile(file, global + settings.replace('$2a$14$…', hash));
  const env = { ...process.env, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir };
  return spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { env, stdio: 'inherit' });
}

async function startNginx(settings: string, port: number, dir: string): Promise<ChildProcess> {
  const key = join(dir, 'key.pem');
  const certificate = join(dir, 'certificate.pem');
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`];
  execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  const users = join(dir, 'users');
  const hash = execFileSync('openssl', ['passwd', '-apr1', user.password], { encoding: 'utf8' }).trim();
  await writeFile(users, `${user.username}:${hash}\n`, { mode: 0o644 });
  execFileSync('chmod', ['755', dir]);
  const server = settings
    .replace('listen 443 ssl', `listen 127.0.0.1:${String(port)} ssl`)
    .replace(/ssl_certificate \S+;/, `ssl_certificate ${certificate};`)
    .replace(/ssl_certificate_key \S+;/, `ssl_certificate_key ${key};`)
    .replace(/auth_basic_user_file \S+;/, `auth_basic_user_file ${users};`);
  const file = join(dir, 'nginx.conf');
  await writeFile(file, `pid ${dir}/nginx.pid;\nevents {}\nhttp {\naccess_log off;\n${server}\n}\n`);
  return spawn('nginx', ['-c', file, '-e', join(dir, 'error.log'), '-g', 'daemon off;'], {
    stdio: 'inherit',
  });
}

async function reaches(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function until(fits: () => Promise<boolean>): Promise<void> {
  for (let at = 0; at < 600; at += 1) {
    if (await fits()) return;
    await sleep(50);
  }
  throw new Error('the proxy does not listen');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
