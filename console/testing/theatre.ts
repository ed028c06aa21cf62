import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { loadConsole, type ConsoleFiles } from '../../src/gateway/console-files.ts';
import { Gateway } from '../../src/gateway/gateway.ts';
import { browserPath, launch } from '../../test/browser/chromium.ts';
import type { Heard, Scene } from './scene.ts';

/** Nothing to test in; in CI that is a failure, as for the other browser tests. */
export const absent = browserPath === undefined && process.env['CI'] === undefined;
if (absent) console.warn('skipped: no Chromium on this machine (Debian: apt-get install chromium)');

/** The page's components in a real browser, under the headers of the real service. */
export class Theatre {
  readonly #browser: Browser;
  readonly gateway: Gateway;
  readonly files: ConsoleFiles;
  readonly #troubles: string[] = [];
  #page: Page | undefined;
  /** A page as any other, kept between tests: a new one takes longer than most of them. */
  #usual: Page | undefined;

  private constructor(browser: Browser, gateway: Gateway, files: ConsoleFiles) {
    this.#browser = browser;
    this.gateway = gateway;
    this.files = files;
  }

  /** @param more arguments of the browser */
  static async open(more: readonly string[] = []): Promise<Theatre> {
    const [files, browser] = await Promise.all([stage(), launch(more)]);
    return new Theatre(browser, await Gateway.start({ port: 0, console: files }), files);
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('no page is open');
    return this.#page;
  }

  /** A new window that has nothing of the one before; `before` prepares it. */
  async enter(
    options: BrowserContextOptions = {},
    { url = this.gateway.url, before }: { url?: string; before?: (page: Page) => Promise<unknown> } = {},
  ): Promise<Page> {
    const context = await this.#browser.newContext({ locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.#troubles.push(String(error)));
    page.on('console', (message) => {
      // Chromium writes a line for each answer above 399; those are what some tests are about.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        this.#troubles.push(message.text());
    });
    await before?.(page);
    await page.goto(url);
    this.#page = page;
    return page;
  }

  /** Shows a component on the page that is open, or on a new one. */
  async show(scene: Scene): Promise<Page> {
    const page = (this.#page ??= this.#usual ??= await this.enter());
    // As text: its type is too deep for Playwright's.
    await page.evaluate((text) => window.show(JSON.parse(text) as Scene), JSON.stringify(scene));
    return page;
  }

  /** What the component called since the last look. */
  heard(): Promise<Heard[]> {
    return this.page.evaluate(() => window.heard.splice(0));
  }

  /** Takes away what was shown, and gives every error that the page had. */
  async leave(): Promise<string[]> {
    if (this.#page === this.#usual) await this.#usual?.evaluate(() => window.clear());
    else await this.#page?.context().close();
    this.#page = undefined;
    return this.#troubles.splice(0);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.gateway.close(0);
  }
}

/** Packs the stage as the console is packed, with React's warnings. */
async function stage(): Promise<ConsoleFiles> {
  const outDir = await mkdtemp(join(tmpdir(), 'towpath-stage-'));
  try {
    await build({
      configFile: false,
      root: fileURLToPath(new URL('.', import.meta.url)),
      plugins: [react()],
      logLevel: 'warn',
      build: {
        ...{ outDir, emptyOutDir: true, assetsInlineLimit: 0, minify: false, target: 'es2022' },
        modulePreload: { polyfill: false },
      },
    });
    return await loadConsole(outDir);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
