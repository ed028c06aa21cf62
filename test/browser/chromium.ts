import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a browser on this machine; undefined when there is none. Towpath downloads no browser. */
export const browserPath = places.find((path) => existsSync(path));

/** Starts it, with these arguments beside the usual ones. */
export function launch(more: readonly string[] = []): Promise<Browser> {
  if (browserPath === undefined) throw new Error(`no Chromium at ${places.join(', ')}`);
  return chromium.launch({
    executablePath: browserPath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
