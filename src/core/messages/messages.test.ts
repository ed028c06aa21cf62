import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageEntry } from './entry.ts';
import { speechAsked, speechOf } from './locale.ts';
import { decode, encode, isMessage, labelled, render, say } from './message.ts';
import { messageTable } from './table.ts';

const entries = Object.entries<MessageEntry>(messageTable);

function places(template: string): string[] {
  return [...new Set([...template.matchAll(/\{([a-z][A-Za-z]*)\}/g)].map(([, name]) => name ?? ''))].sort();
}

describe('the table', () => {
  it.each(entries)('has %s in both languages, with the same places', (_, { en, zh }) => {
    const [one, many] = typeof en === 'string' ? [en, en] : en;
    expect(places(zh)).toEqual(places(many));
    expect(places(one).filter((name) => !places(many).includes(name))).toEqual([]);
    if (typeof en !== 'string') expect(places(many)).toContain('n');
    // Words of ours are in Chinese; a text of names and marks alone may have none.
    const said = many.replaceAll(/\{[a-z][A-Za-z]*\}|`[^`]*`|https?:\/\/\S+/g, '');
    if (/[a-z]{3}/.test(said)) expect(zh).toMatch(/\p{Script=Han}/u);
  });
});

describe('a text', () => {
  it('is said in the language of whoever reads it', () => {
    const text = say('store.disk-full', { doing: 'x' });
    expect(render(text, 'en')).toBe('the disk is full: x');
    expect(render(text, 'zh')).toBe('磁盘已满：x');
  });

  it('counts one and many, and takes texts and lists in its places', () => {
    const files = (n: number) => say('unit.files', { n });
    expect([0, 1, 1203].map((n) => render(files(n), 'en'))).toEqual(['0 files', '1 file', '1,203 files']);
    const text = say('store.disk-full', { doing: [files(1), files(2)] });
    expect(render(text, 'en')).toBe('the disk is full: 1 file, 2 files');
    expect(render(text, 'zh')).toBe('磁盘已满：1 个文件、2 个文件');
  });

  it('has the lines of a list below it, with the lines that they have', () => {
    const one = say('suite.problem', {
      place: 'a:1',
      problem: say('gate.failed-one', { lines: ['b', 'c'] }),
    });
    expect(render(say('suite.problems', { n: 2, lines: [one, 'd'] }), 'zh')).toBe(
      '评测集中有 2 处问题：\n  a:1：有一道门槛未通过\n    b\n    c\n  d',
    );
  });

  it('has no space beside the full-width punctuation of what fills a place', () => {
    const holder = say('doctor.process', { name: 'node', pid: 7 });
    const taken = say('doctor.port-taken-by', { address: ':80', holder });
    expect(render(taken, 'zh')).toBe(':80 已被 node（进程 7）占用');
    expect(render(taken, 'en')).toBe(':80 is taken by node (pid 7)');
    expect(labelled(render({ id: 'error.fix' }, 'zh'), 'a')).toBe('解决办法：a');
    expect(labelled(render({ id: 'error.fix' }, 'en'), 'a')).toBe('fix: a');
  });

  it('never reads what fills a place as a template', () => {
    fc.assert(
      fc.property(fc.string(), (doing) => {
        expect(render(say('store.disk-full', { doing }), 'en')).toBe(`the disk is full: ${doing}`);
      }),
    );
    expect(render(say('store.disk-full', { doing: '{doing} $& $1' }), 'en')).toContain('{doing} $& $1');
  });

  it('survives JSON and the messages of a library', () => {
    const text = say('unit.rows', { n: 3 });
    expect(decode(encode(text))).toEqual(text);
    expect(decode('as it is')).toBe('as it is');
    expect(isMessage(JSON.parse(JSON.stringify(text)))).toBe(true);
  });

  it('of a newer version is shown by its name and values', () => {
    const newer = JSON.parse('{"id":"moon.full","values":{"n":1}}') as ReturnType<typeof say>;
    expect(render(newer, 'zh')).toBe('moon.full {"n":1}');
  });
});

describe('the locale', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh' }, 'zh'],
    [{ LANG: 'zh-Hant_TW' }, 'zh'],
    [{ LANG: 'zha_CN' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'en'],
    [{ LANG: 'en_GB', LC_MESSAGES: 'C', LC_ALL: 'zh_TW.Big5' }, 'zh'],
    [{ LANG: 'zh_CN', LC_ALL: '' }, 'zh'],
    [{ LANG: 'zh_CN', LC_ALL: 'C' }, 'en'],
  ] as const)('%j asks for %s', (env, language) => {
    expect(speechOf(env)).toBe(language);
  });
});

describe('the language of a request', () => {
  it.each([
    [undefined, 'en'],
    ['*', 'en'],
    ['zh', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB, en;q=0.9, zh-CN;q=0.8', 'en'],
    ['zh;q=0.4, en;q=0.5', 'en'],
    ['fr, zh-TW;q=0.1', 'zh'],
    ['zh;q=0', 'en'],
    ['zh;q=x', 'en'],
    ['zho', 'en'],
  ] as const)('%j is %s', (header, language) => {
    expect(speechAsked(header)).toBe(language);
  });
});
