import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { absent, Theatre } from '../testing/theatre.ts';

describe.skipIf(absent)('the box for a question', { timeout: 60_000 }, () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await Theatre.open();
  });
  afterAll(() => theatre.close());
  afterEach(async () => expect(await theatre.leave()).toEqual([]));

  const field = (page: Page) => page.getByRole('textbox', { name: 'Your question' });
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
  const asked = async () => (await theatre.heard()).map(({ name, values }) => [name, ...values]);

  it('has the cursor, says what it is for and how it is used', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    expect(await focused(page)).toBe('question');
    const hint = (await field(page).getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`#${hint}`).innerText()).toContain('Enter to ask');
  });

  it('asks with Enter what was written, without the space around it, and is empty again', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    await field(page).pressSequentially('  Which port?  ');
    await page.keyboard.press('Enter');
    expect(await asked()).toEqual([['ask', 'Which port?']]);
    expect(await field(page).inputValue()).toBe('');
    expect(await focused(page)).toBe('question');
  });

  it('asks with its button too', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    await field(page).fill('Which port?');
    await page.getByRole('button', { name: 'Ask' }).click();
    expect(await asked()).toEqual([['ask', 'Which port?']]);
  });

  it('takes a new line with Shift+Enter, and grows with its lines up to an end', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    const height = () => field(page).evaluate((element) => element.clientHeight);
    const one = await height();
    await field(page).pressSequentially('a');
    await page.keyboard.press('Shift+Enter');
    await field(page).pressSequentially('b');
    expect(await field(page).inputValue()).toBe('a\nb');
    expect(await height()).toBeGreaterThan(one);
    await field(page).fill('line\n'.repeat(100));
    expect(await height()).toBeLessThanOrEqual(220);
    await page.keyboard.press('Enter');
    expect(await height()).toBe(one);
    expect(await asked()).toHaveLength(1);
  });

  it('does not ask nothing', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    for (const empty of ['', '   ', '\n\n']) {
      await field(page).fill(empty);
      expect(await page.getByRole('button', { name: 'Ask' }).isDisabled()).toBe(true);
      await page.keyboard.press('Enter');
    }
    expect(await asked()).toEqual([]);
  });

  it('leaves Enter to an input method that is composing', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    await field(page).fill('zhongwen');
    for (const composing of [
      { key: 'Enter', isComposing: true },
      // The Enter that ends a composition, as Safari tells it.
      { key: 'Enter', isComposing: false, keyCode: 229 },
    ])
      await field(page).dispatchEvent('keydown', { ...composing, bubbles: true, cancelable: true });
    expect(await asked()).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await asked()).toEqual([['ask', 'zhongwen']]);
  });

  it('holds no more than a question may have', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    await page.keyboard.insertText('x'.repeat(5000));
    expect((await field(page).inputValue()).length).toBe(4000);
  });

  it('stops what is asked with its button and with Escape, which does nothing else', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    await page.keyboard.press('Escape');
    expect(await asked()).toEqual([]);
    await theatre.show({ part: 'ask-box', asking: true });
    expect(await page.getByRole('button', { name: 'Ask', exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await asked()).toEqual([['stop'], ['stop']]);
  });

  it('takes the next question while one is asked', async () => {
    const page = await theatre.show({ part: 'ask-box', asking: true });
    await field(page).fill('And then?');
    await page.keyboard.press('Enter');
    expect(await asked()).toEqual([['ask', 'And then?']]);
  });

  it('is reached by Tab, and / comes back to it from anywhere but itself', async () => {
    const page = await theatre.show({ part: 'ask-box' });
    await field(page).fill('Which port?');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Ask');
    await page.keyboard.press('/');
    expect(await focused(page)).toBe('question');
    await page.keyboard.press('/');
    expect(await field(page).inputValue()).toBe('Which port?/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+/');
    expect(await focused(page)).toBe('Ask');
  });

  it.each([
    ['Enter', 'question', (page: Page) => page.keyboard.press('Enter')],
    ['its button', 'Ask', (page: Page) => page.getByRole('button', { name: 'Ask' }).click()],
  ])('asked with %s, leaves the focus there when the answer has come', async (_, where, ask) => {
    const page = await theatre.show({ part: 'ask-box' });
    await field(page).fill('Which port?');
    await ask(page);
    await theatre.show({ part: 'ask-box', asking: true });
    await theatre.show({ part: 'ask-box', asking: false });
    expect(await focused(page)).toBe(where);
  });

  it('keeps the focus when its button has stopped what was asked; pressed again, it leads to the field', async () => {
    const page = await theatre.show({ part: 'ask-box', asking: true });
    await page.getByRole('button', { name: 'Stop' }).click();
    await theatre.show({ part: 'ask-box', asking: false });
    expect(await focused(page)).toBe('Ask');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('question');
    expect(await asked()).toEqual([['stop']]);
  });

  it('can be written into before the first release, not asked, and says so', async () => {
    const page = await theatre.show({ part: 'ask-box', early: true });
    await field(page).fill('Which port?');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('button', { name: 'Ask' }).isDisabled()).toBe(true);
    await page.getByText('it can be asked when the release is live').waitFor();
    expect(await asked()).toEqual([]);
    await theatre.show({ part: 'ask-box' });
    await page.keyboard.press('Enter');
    expect(await asked()).toEqual([['ask', 'Which port?']]);
  });

  it('speaks Chinese', async () => {
    const page = await theatre.show({ part: 'ask-box', language: 'zh' });
    await page.getByRole('textbox', { name: '你的问题' }).fill('端口？');
    await page.getByText('回车提问').waitFor();
    await page.getByRole('button', { name: '提问' }).click();
    expect(await asked()).toEqual([['ask', '端口？']]);
    await theatre.show({ part: 'ask-box', language: 'zh', asking: true });
    await page.getByRole('button', { name: '停止' }).waitFor();
  });
});
