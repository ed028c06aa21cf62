import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadConsole, type ConsoleFiles } from '../../src/gateway/console-files.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import { halfway, ToldRun } from '../../src/gateway/testing/first-run.ts';
import { SlowAnswerer, snapshot, startGateway } from '../../src/gateway/testing/gateway.ts';
import { until } from '../../src/replica/testing/replica-process.ts';
import { smallQa } from '../../src/gateway/testing/small-qa.ts';
import { browserPath, launch } from './chromium.ts';

const absent = browserPath === undefined && process.env['CI'] === undefined;
if (absent) console.warn('skipped: no Chromium on this machine (Debian: apt-get install chromium)');

/** How many pixels of the page lie beside the window. */
const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe.skipIf(absent)('the console', () => {
  let browser: Browser;
  let files: ConsoleFiles;
  let gateway: Gateway;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    files = await loadConsole(fileURLToPath(new URL('../../dist/console', import.meta.url)));
    gateway = await startGateway({ console: files }, snapshot({ qa: smallQa() }));
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await gateway.close(0);
  });
  afterEach(async () => {
    await page.context().close();
    expect(troubles.splice(0)).toEqual([]);
  });

  const open = async (options: Parameters<Browser['newContext']>[0] = {}, at = gateway) => {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      // Chromium writes a line for each answer above 399; those are what some of these tests are about.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(at.url) && !request.url().startsWith('data:'))
        troubles.push(request.url());
    });
    await page.goto(at.url);
  };
  const ask = async (question: string) => {
    await page.getByRole('textbox').fill(question);
    await page.keyboard.press('Enter');
  };

  test('shows which release is live and puts the cursor into the question', async () => {
    await open();
    await page.getByText('Release r1 · live').waitFor();
    expect(await page.locator('textarea:focus').count()).toBe(1);
  });

  test('answers with citations that open the passage, the words marked', async () => {
    await open();
    await ask('Which port does the gateway listen on?');
    await page.locator('.text').getByText('7411').waitFor();
    const passage = page.locator('.passage').first();
    expect(await passage.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Open source 1' }).first().click();
    await passage.waitFor();
    expect(await passage.locator('mark').first().textContent()).toContain('7411');
    expect(await passage.textContent()).toContain('Serving › Port and address');
    await page.getByRole('button', { name: 'Open source 1' }).first().click();
    await passage.waitFor({ state: 'hidden' });
  });

  test('says plainly when the documents do not answer', async () => {
    await open();
    await ask('Who won the regatta in 1908?');
    await page.getByText('Not in the documents', { exact: true }).waitFor();
    expect(await page.locator('.source').count()).toBe(0);
  });

  test('keeps the questions of this tab, over a reload too, and clears them', async () => {
    await open();
    await ask('Which port does the gateway listen on?');
    await page.locator('[data-state=answered]').waitFor();
    await ask('What is a gate?');
    await page.locator('main > [data-state=answered] h2', { hasText: 'What is a gate?' }).waitFor();
    await page.reload();
    await page.locator('.earlier summary', { hasText: 'Which port' }).first().waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.earlier').waitFor({ state: 'detached' });
  });

  test('speaks Chinese to a Chinese browser, and switches', async () => {
    await open({ locale: 'zh-CN' });
    await page.getByRole('heading', { name: '向文档提问' }).waitFor();
    await ask('回退会让哪个发布重新上线？');
    await page.locator('[data-state=answered]').waitFor();
    await page.getByText('发布 r1 · 在线').waitFor();
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await page.getByText('Release r1 · live').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('follows the system into the dark, and the switch out of it', async () => {
    await open({ colorScheme: 'dark' });
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.getByRole('button', { name: /light and dark/ }).click();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
  });

  test('stopping reaches the service, and the question can be asked again', async () => {
    const qa = new SlowAnswerer();
    await gateway.swap(snapshot({ qa }));
    await open();
    await ask('Which port?');
    await until(() => qa.asked.length === 1);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped.').waitFor();
    await until(() => qa.asked[0]?.signal.aborted === true);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await until(() => qa.asked.length === 2);
    qa.asked[1]?.finish();
    await page.locator('.text').getByText('7411').waitFor();
    await gateway.swap(snapshot({ qa: smallQa() }));
  });

  describe('before the first release', () => {
    let early: Gateway;
    let firstRun: ToldRun;
    beforeEach(async () => {
      firstRun = new ToldRun();
      early = await startGateway({ console: files, firstRun }, null);
    });
    afterEach(() => early.close(0));

    test('shows the steps of the first run as they go, until a question can be asked', async () => {
      await open({}, early);
      await page.getByRole('heading', { name: 'The first run goes on' }).waitFor();
      await page.getByText('1,200 / 4,800 passages').waitFor();
      await page.getByRole('textbox').fill('Which port does the gateway listen on?');
      expect(await page.getByRole('button', { name: 'Ask' }).isDisabled()).toBe(true);
      const steps = halfway.steps.map((step) => ({ ...step, state: 'done' as const, ms: 1000 }));
      firstRun.become({ state: 'starting', steps, replica: { release: 'r1', replica: 1, of: 1 } });
      await page.getByText('Starting replica 1 of 1 for r1…').waitFor();
      await early.swap(snapshot({ qa: smallQa() }));
      firstRun.become({});
      await page.getByText('Release r1 · live').waitFor();
      await page.locator('.first-run').waitFor({ state: 'detached' });
      // What was written meanwhile is still there.
      await page.getByRole('button', { name: 'Ask' }).click();
      await page.locator('.text').getByText('7411').waitFor();
    });

    test('in Chinese, it says why the first run failed, when the service is gone too', async () => {
      await open({ locale: 'zh-CN', viewport: { width: 360, height: 740 } }, early);
      await page.getByRole('heading', { name: '首次运行正在进行' }).waitFor();
      await page.getByText('1,200 / 4,800 个段落').waitFor();
      expect(await page.evaluate<number>(sideways)).toBeLessThanOrEqual(0);
      const error = {
        code: 'TOW_DATA_NO_FILES',
        kind: 'user',
        message: 'source "docs" matches no file',
      } as const;
      firstRun.become({ state: 'failed', error });
      await page.getByRole('heading', { name: '首次运行失败' }).waitFor();
      await early.close(0);
      await page.getByRole('alert').getByText('source "docs" matches no file').waitFor();
    });
  });

  test('an error is told in words, with its code', async () => {
    await gateway.swap(snapshot({ qa: { answer: () => Promise.reject(new Error('broken')) } }));
    await open();
    await ask('Anything?');
    await page.getByRole('alert').getByText('TOW_APP_INTERNAL').waitFor();
    await gateway.swap(snapshot({ qa: smallQa() }));
  });

  test('fits a phone without scrolling sideways', async () => {
    await open({ viewport: { width: 360, height: 740 } });
    await ask('Which port does the gateway listen on?');
    await page.getByRole('button', { name: 'Open source 1' }).first().click();
    await page.locator('.passage').first().waitFor();
    expect(await page.evaluate<number>(sideways)).toBeLessThanOrEqual(0);
  });
});
