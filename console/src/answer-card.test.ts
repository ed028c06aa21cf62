import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answer, hostile } from '../testing/answers.ts';
import { absent, Theatre } from '../testing/theatre.ts';
import type { Exchange } from './exchange.ts';
import type { UiLanguage } from './texts.ts';

describe.skipIf(absent)('a card with a question and its answer', { timeout: 60_000 }, () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await Theatre.open();
  });
  afterAll(() => theatre.close());
  afterEach(async () => expect(await theatre.leave()).toEqual([]));

  const show = (part: Partial<Exchange>, language: UiLanguage = 'en'): Promise<Page> =>
    theatre.show({
      ...{ part: 'answer-card', language },
      exchange: { id: 1, question: 'Which port?', state: 'answered', sentences: [], ...part },
    });
  const region = (page: Page) => page.locator('[aria-live]');

  it('says that it is reading before anything has come', async () => {
    const page = await show({ state: 'asking' });
    expect(await page.getByRole('heading', { name: 'Which port?' }).count()).toBe(1);
    expect(await page.getByText('Reading the documents…').isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
  });

  it('shows what has come so far; its marks open nothing yet, and a screen reader waits for the rest', async () => {
    const page = await show({ state: 'asking', sentences: ['The port is 7411. [1]', 'It is local. [2]'] });
    expect(await region(page).innerText()).toMatch(/^The port is 7411\.\s*1\s*It is local\.\s*2$/);
    for (const mark of await page.getByRole('button', { name: /Open source \d/ }).all())
      expect(await mark.isDisabled()).toBe(true);
    expect(await region(page).getAttribute('aria-busy')).toBe('true');
    await show({ answer: answer() });
    expect(await region(page).getAttribute('aria-busy')).toBe('false');
    expect(await page.getByRole('button', { name: 'Open source 1' }).first().isEnabled()).toBe(true);
  });

  it('joins English sentences with spaces and Chinese ones without', async () => {
    const page = await show({ state: 'asking', sentences: ['It is so.', 'And so.'] });
    await page.getByText('It is so. And so.').waitFor();
    await show({ state: 'asking', sentences: ['端口是 7411。', '只在本机。'] });
    await page.getByText('端口是 7411。只在本机。').waitFor();
  });

  it('opens a passage by the number in the text and closes it by the same, one at a time', async () => {
    const page = await show({ answer: answer() });
    const [first, second] = [1, 2].map((n) => page.getByRole('button', { name: `Open source ${String(n)}` }));
    await first?.first().click();
    expect(await page.locator('mark', { hasText: 'listens on port 7411' }).isVisible()).toBe(true);
    expect(await first?.first().getAttribute('aria-expanded')).toBe('true');
    await second?.first().click();
    expect(await page.locator('mark', { hasText: 'listens on port 7411' }).isVisible()).toBe(false);
    expect(await page.locator('mark', { hasText: 'Nothing else reaches it' }).isVisible()).toBe(true);
    await second?.first().click();
    expect(await page.locator('mark', { hasText: 'Nothing else reaches it' }).isVisible()).toBe(false);
  });

  it('has each mark name the passage that it opens', async () => {
    const page = await show({ answer: answer() });
    for (const mark of await page.getByRole('button', { name: /Open source/ }).all()) {
      const id = (await mark.getAttribute('aria-controls')) ?? '';
      expect(await page.locator(`#${id}`).count()).toBe(1);
    }
  });

  it('leaves a number in brackets that cites nothing as it stands', async () => {
    const page = await show({ answer: answer({ answer: 'The array a[7] holds it. [1]' }) });
    expect(await region(page).innerText()).toContain('a[7]');
    expect(await page.getByRole('button', { name: 'Open source 7' }).count()).toBe(0);
  });

  it('says that the documents do not answer, what may help, and offers nothing to copy', async () => {
    const declined = answer({ declined: true, citations: [], answer: 'The documents do not say.' });
    const page = await show({ answer: declined });
    await page.getByText('Not in the documents', { exact: true }).waitFor();
    await page.getByText('The documents do not say.').waitFor();
    await page.getByText(/a narrower question/).waitFor();
    expect(await page.getByRole('heading', { name: 'Sources' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Copy answer' }).count()).toBe(0);
  });

  it.each([
    ['TOW_SERVE_GATEWAY_BUSY', 'The service is busy', '服务繁忙'],
    ['TOW_SERVE_GATEWAY_DEADLINE', 'took too long', '耗时过长'],
    ['TOW_SERVE_QA_QUESTION_LONG', '4,000 characters', '4000 个字符'],
    ['unreachable', 'cannot be reached', '无法连接服务'],
    ['interrupted', 'ended before the answer was complete', '连接就中断了'],
  ])('tells %s in words of both languages, with its code, and asks again', async (code, english, chinese) => {
    const failed: Partial<Exchange> = { state: 'failed', failure: { code, message: 'its own', status: 503 } };
    const page = await show(failed);
    const alert = page.getByRole('alert');
    expect(await alert.innerText()).toContain(english);
    expect(await alert.innerText()).toContain(code);
    await page.getByRole('button', { name: 'Ask again' }).click();
    expect(await theatre.heard()).toEqual([{ name: 'ask again', values: ['Which port?'] }]);
    await show(failed, 'zh');
    expect(await alert.innerText()).toContain(chinese);
    expect(await alert.innerText()).not.toContain('its own');
  });

  it('tells an error that has no words here in those of the service', async () => {
    const failure = { code: 'TOW_X_NEW', message: 'the moon is full', status: 500 };
    const page = await show({ state: 'failed', failure });
    expect(await page.getByRole('alert').innerText()).toMatch(/the moon is full\s+TOW_X_NEW/);
  });

  it('keeps what had come of an answer that was stopped, and asks again', async () => {
    const page = await show({ state: 'stopped', sentences: ['The port is 7411. [1]'] });
    await page.getByText('The port is 7411.').waitFor();
    await page.getByText('Stopped.').waitFor();
    expect(await region(page).getAttribute('aria-busy')).toBe('false');
    await page.getByRole('button', { name: 'Ask again' }).click();
    expect(await theatre.heard()).toHaveLength(1);
  });

  it('shows markup in a question, an answer, a passage and an error as text', async () => {
    const citations = [{ n: 1, source: hostile, heading: `A > ${hostile}`, text: hostile }];
    const page = await show({ question: hostile, answer: answer({ answer: `${hostile} [1]`, citations }) });
    await page.getByRole('button', { name: 'Open source 1' }).first().click();
    expect(await page.getByText(hostile).count()).toBeGreaterThanOrEqual(4);
    await show({ state: 'failed', failure: { code: hostile, message: hostile, status: 500 } });
    expect(await page.getByRole('alert').innerText()).toContain(hostile);
    expect(await page.locator('img, script:not([src]), b').count()).toBe(0);
  });

  it('is in Chinese for a Chinese reader, the answer marked as the language that it is in', async () => {
    const chinese = answer({ language: 'zh', answer: '端口是 7411。[1]' });
    const page = await show({ answer: chinese }, 'zh');
    expect(await page.getByText('端口是 7411。').locator('..').getAttribute('lang')).toBe('zh');
    await page.getByRole('button', { name: '打开出处 1' }).first().waitFor();
    await page.getByRole('heading', { name: '出处' }).waitFor();
    await page.getByText('发布 r3 · 1.5 s').click();
    expect(await page.locator('dl').innerText()).toMatch(/检索\s+12 ms\s+生成\s+1\.2 s/);
  });

  it('tells which release answered and how long each part took', async () => {
    const page = await show({ answer: answer() });
    expect(await page.locator('dl').isVisible()).toBe(false);
    await page.getByText('Release r3 · 1.5 s').click();
    expect(await page.locator('dl').innerText()).toMatch(
      /retrieval\s+12 ms\s+generation\s+1\.2 s\s+reranking\s+0\.3 ms/,
    );
  });

  describe('copying', () => {
    const permissions = ['clipboard-read', 'clipboard-write'];

    it('takes the answer with its marks, and says so for a while', async () => {
      await theatre.enter({ permissions }, { before: (page) => page.clock.install() });
      const page = await show({ answer: answer() });
      await page.getByRole('button', { name: 'Copy answer' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(answer().answer);
      await page.clock.runFor(3000);
      await page.getByRole('button', { name: 'Copy answer' }).waitFor();
    });

    it('is not offered where the browser gives a page no clipboard', async () => {
      await theatre.enter({}, { before: withoutClipboard });
      const page = await show({ answer: answer() });
      expect(await page.getByRole('button', { name: 'Copy answer' }).count()).toBe(0);
    });

    it('that the browser refuses is not called done', async () => {
      await theatre.enter({}, { before: (page) => page.addInitScript(refuseClipboard) });
      const page = await show({ answer: answer() });
      await page.getByRole('button', { name: 'Copy answer' }).click();
      await page.getByRole('button', { name: 'Not copied' }).waitFor();
    });
  });
});

/** As for every page that is not of this machine and has no TLS. */
const withoutClipboard = (page: Page): Promise<unknown> =>
  page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));

function refuseClipboard(): void {
  navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
}
