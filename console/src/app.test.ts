import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TowpathError } from '../../src/core/errors/towpath-error.ts';
import { verbatim } from '../../src/core/messages/message.ts';
import { Gateway } from '../../src/gateway/gateway.ts';
import { snapshot } from '../../src/gateway/testing/gateway.ts';
import { answer, hostile } from '../testing/answers.ts';
import { Talker, type Asked } from '../testing/talker.ts';
import { absent, Theatre } from '../testing/theatre.ts';

/** Far above what any of it takes, on a machine that has other work too. */
const patient = { timeout: 10_000 };

describe.skipIf(absent)('the page', { timeout: 60_000 }, () => {
  let theatre: Theatre;
  let talker: Talker;
  beforeAll(async () => {
    theatre = await Theatre.open();
  });
  afterAll(() => theatre.close());
  beforeEach(async () => {
    talker = new Talker();
    await theatre.gateway.swap(snapshot({ qa: talker }));
  });
  afterEach(async () => expect(await theatre.leave()).toEqual([]));

  const show = (): Promise<Page> => theatre.show({ part: 'app' });
  const enter = async (...way: Parameters<Theatre['enter']>): Promise<Page> => {
    await theatre.enter(...way);
    return await show();
  };
  const reload = async (page: Page): Promise<void> => {
    await page.reload();
    await show();
  };
  const earlier = (page: Page, question: string) => page.locator('summary', { hasText: question });
  const ask = async (page: Page, question: string): Promise<void> => {
    await page.getByRole('textbox').fill(question);
    await page.keyboard.press('Enter');
  };
  /** The n-th question that reached the service. */
  const asked = async (n = 1): Promise<Asked> => {
    await expect.poll(() => talker.asked.length, patient).toBeGreaterThanOrEqual(n);
    return talker.asked[n - 1] as Asked;
  };

  it('shows an answer as it comes, then whole, and is ready for the next question all the while', async () => {
    const page = await show();
    await ask(page, 'Which port?');
    await page.getByText('Reading the documents…').waitFor();
    const request = await asked();
    expect(request.question).toBe('Which port?');
    request.say('The gateway listens on port 7411. [1]');
    await page.getByText('The gateway listens on port 7411.').waitFor();
    expect(await page.getByRole('heading', { name: 'Sources' }).count()).toBe(0);
    request.finish();
    await page.getByRole('heading', { name: 'Sources' }).waitFor();
    await page.keyboard.type('And then?');
    expect(await page.getByRole('textbox').inputValue()).toBe('And then?');
  });

  it('asks the next question in the place of one that is under way, which is given up', async () => {
    const page = await show();
    await ask(page, 'The first?');
    const first = await asked();
    await ask(page, 'The second?');
    (await asked(2)).finish();
    await page.getByRole('article').getByRole('heading', { name: 'The second?' }).waitFor();
    await page.getByRole('heading', { name: 'Sources' }).waitFor();
    await expect.poll(() => first.signal.aborted, patient).toBe(true);
    await earlier(page, 'The first?').click();
    await page.getByText('Stopped.').waitFor();
  });

  it('gives a question up with Escape', async () => {
    const page = await show();
    await ask(page, 'Which port?');
    const { signal } = await asked();
    await page.keyboard.press('Escape');
    await page.getByText('Stopped.').waitFor();
    await expect.poll(() => signal.aborted, patient).toBe(true);
  });

  it('tells an error that comes in the middle of an answer, and asks again', async () => {
    const page = await show();
    await ask(page, 'Which port?');
    const request = await asked();
    request.say('The gateway');
    await page.getByText('The gateway').waitFor();
    request.fail(new TowpathError('TOW_SERVE_REPLICA_BUSY', verbatim('all slots are taken')));
    await page.getByRole('alert').getByText('The service is busy').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();
    (await asked(2)).finish();
    await page.getByRole('heading', { name: 'Sources' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it.each([
    ['an answer that breaks off', 200, 'event: sentence\ndata: {"text":"It is"}\n\n', /ended before/],
    ['an answer that is no JSON', 200, 'event: answer\ndata: {"answer":\n\n', /JSON/],
    ['a page of a proxy', 502, '<html><h1>Bad gateway</h1></html>', /http_502/],
  ])('tells %s', async (_, status, body, words) => {
    const page = await show();
    await page.route(
      '**/v1/qa',
      (route) => route.fulfill({ status, body, contentType: 'text/event-stream' }),
      { times: 1 },
    );
    await ask(page, 'Which port?');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(words);
    expect(await page.getByRole('button', { name: 'Ask', exact: true }).count()).toBe(1);
  });

  it('says when the service is away, that a question did not reach it, and finds it when it is back', async () => {
    const serve = async (port: number): Promise<Gateway> => {
      const started = await Gateway.start({ port, console: theatre.files });
      await started.swap(snapshot({ qa: talker }));
      return started;
    };
    let gateway = await serve(0);
    const page = await enter({}, { url: gateway.url, before: (opened) => opened.clock.install() });
    const status = page.getByRole('status');
    await status.getByText('Release r1 · live').waitFor();
    await gateway.close(0);
    await page.clock.runFor(6000);
    await status.getByText('cannot be reached').waitFor();
    await ask(page, 'Which port?');
    await page.getByRole('alert').getByText('The service cannot be reached').waitFor();
    gateway = await serve(gateway.port);
    await page.clock.runFor(3000);
    await status.getByText('Release r1 · live').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();
    (await asked()).finish();
    await page.getByRole('heading', { name: 'Sources' }).waitFor();
    await theatre.leave();
    await gateway.close(0);
  });

  it('says that no release is live while there is none', async () => {
    const gateway = await Gateway.start({ port: 0, console: theatre.files });
    const page = await enter({}, { url: gateway.url });
    await page.getByRole('status').getByText('no release is live').waitFor();
    await ask(page, 'Which port?');
    await page.getByRole('alert').getByText('No release is live yet').waitFor();
    await theatre.leave();
    await gateway.close(0);
  });

  it('names the release that is live as soon as it has answered', async () => {
    const page = await show();
    await page.getByText('Release r1 · live').waitFor();
    await theatre.gateway.swap(snapshot({ qa: talker, release: 'r2' }));
    await ask(page, 'Which port?');
    (await asked()).finish({ release: 'r2' });
    await page.getByText('Release r2 · live').waitFor();
  });

  describe('over a reload', () => {
    it('keeps what was asked; what was under way counts as stopped', async () => {
      const page = await show();
      await ask(page, 'The first?');
      (await asked()).finish();
      await page.getByRole('heading', { name: 'Sources' }).waitFor();
      await ask(page, 'The second?');
      await asked(2);
      await reload(page);
      await page.getByRole('heading', { name: 'The second?' }).waitFor();
      await page.getByText('Stopped.').waitFor();
      await earlier(page, 'The first?').click();
      await page.getByRole('heading', { name: 'Sources' }).waitFor();
      await page.getByRole('button', { name: 'Clear' }).click();
      await reload(page);
      await page.getByRole('heading', { name: 'The second?' }).waitFor();
      expect(await earlier(page, 'The first?').count()).toBe(0);
    });

    it.each(['{', '{}', '[null, "x", {"id":1,"state":"answered"}]'])(
      'begins anew when %s is what it finds',
      async (kept) => {
        const page = await theatre.enter();
        await page.evaluate((text) => sessionStorage.setItem('towpath.history', text), kept);
        await show();
        await page.getByRole('textbox').waitFor();
        expect(await page.getByRole('article').count()).toBe(0);
      },
    );

    it('keeps the language and the theme that were chosen, whatever the browser prefers', async () => {
      const page = await enter({ colorScheme: 'dark' });
      await page.getByRole('button', { name: '切换到中文' }).click();
      await page.getByRole('button', { name: '切换浅色与深色' }).click();
      await reload(page);
      await page.getByRole('heading', { name: '向文档提问' }).waitFor();
      expect(await page.title()).toBe('Towpath · 向文档提问');
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
      expect(await ground(page)).toBeGreaterThan(200);
    });

    it('follows the browser where what it kept makes no sense', async () => {
      const page = await enter({ colorScheme: 'dark' });
      await page.evaluate(() => {
        localStorage.setItem('towpath.language', 'fr');
        localStorage.setItem('towpath.theme', 'pink');
      });
      await reload(page);
      await page.getByRole('heading', { name: 'Ask the documents' }).waitFor();
      expect(await ground(page)).toBeLessThan(60);
    });
  });

  it('works in a browser that keeps nothing', async () => {
    const page = await enter({}, { before: (opened) => opened.addInitScript(forbidStorage) });
    await page.getByRole('button', { name: '切换到中文' }).click();
    await page.getByRole('heading', { name: '向文档提问' }).waitFor();
    await ask(page, '端口？');
    (await asked()).finish({ language: 'zh' });
    await page.getByRole('heading', { name: '出处' }).waitFor();
  });

  it('is walked through with Tab in the order in which it is read', async () => {
    const page = await show();
    await ask(page, 'Which port?');
    (await asked()).finish();
    await page.getByRole('heading', { name: 'Sources' }).waitFor();
    await page.getByRole('button', { name: '切换到中文' }).focus();
    const names: string[] = [];
    for (let at = 0; at < 11; at += 1) {
      names.push(await page.evaluate(focusedName));
      await page.keyboard.press('Tab');
    }
    expect(names).toEqual([
      '切换到中文',
      'Switch between light and dark',
      'Your question',
      'Ask',
      ...['Open source 1', 'Open source 2', 'Open source 1'],
      ...['1 Port and address docs/en/serve.md', '2 docs/en/limits.md docs/en/limits.md'],
      'Release r3 · 1.5 s',
      'Copy answer',
    ]);
  });

  it('opens a passage with the keyboard alone', async () => {
    const page = await show();
    await ask(page, 'Which port?');
    (await asked()).finish();
    await page.getByRole('button', { name: 'Open source 2' }).press('Enter');
    await page.getByRole('blockquote').getByText('by design').waitFor();
    expect(await page.evaluate(focusedName)).toBe('Open source 2');
    await page.keyboard.press('Space');
    expect(await page.getByRole('blockquote').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('can be read in the %s: every text stands out', async (colorScheme) => {
    const page = await enter({ colorScheme });
    const faint = async () => (await page.evaluate(faintTexts)).filter(({ ratio }) => ratio < 4.5);
    expect(await faint()).toEqual([]);
    await ask(page, 'A question that is declined?');
    (await asked()).finish({ declined: true, citations: [] });
    await page.getByText('Not in the documents', { exact: true }).waitFor();
    expect(await faint()).toEqual([]);
    await ask(page, 'A question that fails?');
    (await asked(2)).fail(new TowpathError('TOW_SERVE_REPLICA_BUSY', verbatim('all slots are taken')));
    await page.getByRole('alert').waitFor();
    await earlier(page, 'A question that is declined?').click();
    expect(await faint()).toEqual([]);
    await ask(page, 'Which port?');
    (await asked(3)).say('The gateway listens on port 7411. [1]');
    await page.getByRole('button', { name: 'Open source 1' }).waitFor();
    expect(await faint()).toEqual([]);
    (await asked(3)).finish();
    await earlier(page, 'Release r3 · 1.5 s').first().click();
    await page.getByRole('button', { name: 'Open source 1' }).first().click();
    expect(await faint()).toEqual([]);
  });

  it('stands still for whoever wants no motion', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference', n: number) => {
      const page = await enter({ reducedMotion });
      await ask(page, 'Which port?');
      (await asked(n)).say('It is');
      await page.getByText('It is').waitFor();
      return await page.evaluate(() => document.getAnimations().length);
    };
    expect(await moving('no-preference', 1)).toBeGreaterThan(0);
    await theatre.leave();
    expect(await moving('reduce', 2)).toBe(0);
  });

  it('fits a phone whatever it has to show: long words, markup, deep paths', async () => {
    const page = await enter({ viewport: { width: 360, height: 740 } });
    const long = 'x'.repeat(400);
    await ask(page, long);
    const citations = [
      { n: 1, source: `docs/${long}.md`, heading: `${long} > ${long}`, text: `${long} ${hostile}` },
    ];
    (await asked()).finish({ ...answer(), answer: `${long} [1]`, citations });
    await page.getByRole('button', { name: 'Open source 1' }).first().click();
    await ask(page, 'Which port?');
    (await asked(2)).fail(new TowpathError('TOW_SERVE_QA_RETRIEVAL_FAILED', verbatim(long)));
    await page.getByRole('alert').waitFor();
    await earlier(page, long).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});

function forbidStorage(): void {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
}

/** How light the page is, 0 to 255. */
function ground(page: Page): Promise<number> {
  return page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
    return (red + green + blue) / 3;
  });
}

/** What a screen reader calls the element that has the focus. */
function focusedName(): string {
  const element = document.activeElement as HTMLElement;
  const label = element instanceof HTMLTextAreaElement ? element.labels[0]?.textContent : undefined;
  return (label ?? element.ariaLabel ?? element.innerText).trim().replace(/\s+/g, ' ');
}

/** Every text that is seen, with the contrast to what is behind it as WCAG 2 reckons it. */
function faintTexts(): { text: string; ratio: number }[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (canvas === null) throw new Error('no canvas');
  const over = (colours: readonly string[]): number[] => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const luminance = (rgb: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element): string[] => {
    const grounds: string[] = [];
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      grounds.unshift(getComputedStyle(at).backgroundColor);
    return ['white', ...grounds];
  };
  const found: { text: string; ratio: number }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '' || !element.checkVisibility({ visibilityProperty: true })) continue;
    const grounds = behind(element);
    const [light = 0, dark = 0] = [over([...grounds, getComputedStyle(element).color]), over(grounds)]
      .map(luminance)
      .sort((a, b) => b - a);
    found.push({ text, ratio: (light + 0.05) / (dark + 0.05) });
  }
  if (found.length === 0) throw new Error('no text is seen');
  return found;
}
