import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../testing/answers.ts';
import { absent, Theatre } from '../testing/theatre.ts';

describe.skipIf(absent)('the passages under an answer', { timeout: 60_000 }, () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await Theatre.open();
  });
  afterAll(() => theatre.close());
  afterEach(async () => expect(await theatre.leave()).toEqual([]));

  const source = (page: Page, n: number) => page.getByRole('listitem').nth(n - 1);

  it('are a list of their own, each a button with its number, heading and file', async () => {
    const page = await theatre.show({ part: 'source-list', answer: answer() });
    await page.getByRole('region', { name: 'Sources' }).getByRole('list').waitFor();
    const button = source(page, 1).getByRole('button');
    expect(await button.innerText()).toMatch(/^1\s+Port and address\s+docs\/en\/serve\.md$/);
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await button.click();
    expect(await theatre.heard()).toEqual([{ name: 'toggle', values: [1] }]);
  });

  it('are named by their file where they have no heading', async () => {
    const page = await theatre.show({ part: 'source-list', answer: answer(), open: 2 });
    expect(await source(page, 2).getByRole('button').innerText()).toMatch(/^2\s+docs\/en\/limits\.md/);
    expect(await source(page, 2).innerText()).toContain('by design');
    expect(await source(page, 2).innerText()).not.toContain('›');
  });

  it('show the open one alone, where it stands, with the words that the answer rests on marked', async () => {
    const page = await theatre.show({ part: 'source-list', answer: answer(), open: 1 });
    const passage = source(page, 1).getByRole('blockquote');
    expect(await source(page, 1).innerText()).toContain('Serving › Port and address');
    expect(await passage.innerText()).toBe(
      'A line before. The gateway listens on port 7411 of this machine. A line after.',
    );
    expect(await passage.locator('mark').allInnerTexts()).toEqual([
      'The gateway listens on port 7411 of this machine.',
    ]);
    expect(await source(page, 1).getByRole('button').getAttribute('aria-expanded')).toBe('true');
    expect(await page.getByRole('blockquote').count()).toBe(1);
  });

  it('keep the lines and the spaces of a passage', async () => {
    const text = 'if x:\n    return 1\n\n\tdone';
    const citations = [{ n: 1, source: 'a.md', heading: 'A', text }];
    const page = await theatre.show({ part: 'source-list', answer: answer({ citations }), open: 1 });
    expect(await page.getByRole('blockquote').innerText()).toBe(text);
  });

  it('are left out where there are none', async () => {
    const page = await theatre.show({ part: 'source-list', answer: answer({ citations: [] }) });
    expect(await page.getByText('Sources').count()).toBe(0);
  });

  it('come into sight when they are opened; at once for whoever wants no motion', async () => {
    const many = Array.from({ length: 30 }, (_, at) => ({
      ...{ n: at + 1, source: `docs/${String(at)}.md`, heading: '', text: `Passage ${String(at)}.` },
    }));
    const long = answer({ citations: many });
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      const page = await theatre.enter({ reducedMotion, viewport: { width: 800, height: 500 } });
      await theatre.show({ part: 'source-list', answer: long });
      const steps = page.evaluate(scrollSteps);
      await theatre.show({ part: 'source-list', answer: long, open: 25 });
      // How many moves a smooth one takes is the machine's affair.
      if (reducedMotion === 'reduce') expect(await steps).toBe(1);
      else await steps;
      await expect.poll(() => isInSight(page, 'Passage 24.'), { timeout: 10_000 }).toBe(true);
      await page.context().close();
    }
  });
});

/** How many moves it takes until the page stands still. */
function scrollSteps(): Promise<number> {
  return new Promise((resolve) => {
    let steps = 0;
    addEventListener('scroll', () => (steps += 1));
    addEventListener('scrollend', () => resolve(steps), { once: true });
  });
}

function isInSight(page: Page, text: string): Promise<boolean> {
  return page.getByText(text).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
}
