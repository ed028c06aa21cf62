import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { get, startGateway } from '../testing/gateway.ts';
import { loadConsole } from '../console-files.ts';
import type { Gateway } from '../gateway.ts';

let gateway: Gateway;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'towpath-console-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Towpath</title>');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'notes.xyz'), 'not for the web');
  gateway = await startGateway({ console: await loadConsole(folder) });
});
afterAll(() => gateway.close(0));

test('serves the page under a policy that lets nothing in from elsewhere', async () => {
  const response = await get(gateway, '/');
  expect(await response.body.text()).toContain('<title>Towpath</title>');
  expect(response.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self'") as string,
    'x-content-type-options': 'nosniff',
  });
});

test('lets assets be kept for good, and the page be asked for again cheaply', async () => {
  const asset = await get(gateway, '/assets/index-abc.js');
  expect(asset.headers['cache-control']).toContain('immutable');
  await asset.body.dump();
  const page = await get(gateway, '/');
  await page.body.dump();
  const again = await get(gateway, '/', { 'if-none-match': String(page.headers['etag']) });
  expect(again.statusCode).toBe(304);
});

test.each(['/notes.xyz', '/index.html', '/assets/../index.html', '/assets/%2e%2e/index.html', '/assets'])(
  'has nothing at %s',
  async (path) => {
    expect((await get(gateway, path)).statusCode).toBe(404);
  },
);

test('a console that was not built is simply not there', async () => {
  expect((await loadConsole('/nonexistent')).size).toBe(0);
});
