import { expect, it } from 'vitest';
import { languageOf } from './language.ts';
import { cli } from './testing/capture.ts';

it('is what --lang says, wherever it stands, else the locale', () => {
  expect(languageOf(['status'], { LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect(languageOf(['status', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).toBe('en');
  expect(languageOf(['--lang=zh', 'status'], {})).toBe('zh');
  expect(languageOf(['ask', '--', '--lang', 'zh'], {})).toBe('en');
});

it('holds for mistakes in the command line, their fix included', async () => {
  const { exitCode, err } = await cli(['staus', '--lang', 'zh']);
  expect(exitCode).toBe(2);
  expect(err.lines[0]).toMatch(/^错误 TOW_CLI_USAGE/);
  expect(err.text).toMatch(/ {2}解决办法：/);
});

it('is refused by name when it is none of ours', async () => {
  const { exitCode, err } = await cli(['status', '--lang', 'fr']);
  expect(exitCode).toBe(2);
  expect(err.text).toMatch(/fr.*en, zh/);
});
