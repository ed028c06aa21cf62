import { expect, test } from 'vitest';
import { isErrorCode } from '../../src/core/errors/registry.ts';
import { texts } from './texts.ts';

/** Every text by its path, as it is shown. */
function shown(of: object, path = ''): [path: string, text: string][] {
  return Object.entries(of).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const at = `${path}${name}`;
    if (typeof value === 'function') return [[at, (value as (...n: number[]) => string)(1, 2, 3)]];
    return typeof value === 'string' ? [[at, value]] : shown(value as object, `${at}.`);
  });
}

test('both languages say the same things, an error that has no words in one among them', () => {
  const [en, zh] = [texts.en, texts.zh].map((of) => shown(of).map(([path]) => path));
  expect(zh).toEqual(en);
});

test('each is said in its own language, but for the names that switch to the other', () => {
  const own = ({ 1: text }: readonly [string, string]): boolean => /\p{Script=Han}/u.test(text);
  const switches = ['language', 'languageLabel'];
  const some = (of: object) => shown(of).filter(([path, text]) => text !== '' && !switches.includes(path));
  expect(some(texts.en).filter(own)).toEqual([]);
  expect(some(texts.zh).filter((each) => !own(each))).toEqual([]);
});

test('every error that has words here is one that the service may send', () => {
  const codes = Object.keys(texts.en.errors).filter((code) => code.startsWith('TOW_'));
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !isErrorCode(code))).toEqual([]);
});
