import { expect, it } from 'vitest';
import { englishLeft } from './english-left.ts';

it('finds sentences, and no names, command lines or what is quoted', () => {
  expect(englishLeft('错误 TOW_X: there is no towpath.yaml in /a or any folder above')).toEqual([
    'there is no',
    'or any folder above',
  ]);
  expect(englishLeft('  --json   print records and events')).toEqual(['print records and events']);
  expect(englishLeft('  $ towpath init && towpath up   为这里的文档写出项目文件')).toEqual([]);
  expect(englishLeft('选项 --port <n> 无效：`one of these here`，towpath run show [选项]')).toEqual([]);
  expect(englishLeft('供 CI 使用 JSON Schema')).toEqual([]);
});
