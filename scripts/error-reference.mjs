// Writes the handbook's error pages from the registry of error codes.
//
//   npm run build && node scripts/error-reference.mjs          writes them
//   npm run build && node scripts/error-reference.mjs --check  exits with 1 when they differ
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const words = {
  en: {
    title: 'Error codes',
    intro:
      'Every error that Towpath reports has a code. It is printed first, followed by what happened, where, and what to do; with `--json` it is the field `error.code`. This page is written from the registry in the source.',
    exits: 'Exit codes',
    exitIntro: 'The exit code says who has to act.',
    kinds: {
      ok: ['success', 'Nothing: it worked.'],
      fault: ['fault', 'Towpath itself is wrong: report it.'],
      user: ['mistake', 'What was asked for or configured cannot be done as it stands: correct it.'],
      gate: ['gate', 'A release did not meet a gate: the live one stays.'],
      environment: ['environment', 'The machine lacks something: see `towpath doctor`.'],
      interrupted: ['interrupted', 'Stopped by Ctrl-C or a signal.'],
    },
    columns: ['exit code', 'kind', 'who has to act'],
    areas: {
      APP: 'General',
      CLI: 'Command line',
      CONTRACT: 'Formats of artifacts',
      DATA: 'Data and index',
      DEPLOY: 'Deployment',
      EVALUATE: 'Evaluation',
      FLOW: 'Flow engine',
      PROJECT: 'Project file',
      RELEASE: 'Releases',
      SERVE: 'Serving',
      STORE: 'Records and artifacts',
      TRAIN: 'Models and Python',
    },
    facts: (kind, exit, http) => `Kind: ${kind} · exit code: ${exit} · HTTP status: ${http}`,
    remedy: 'What to do',
    colon: ': ',
  },
  zh: {
    title: '错误代码',
    intro:
      'Towpath 报告的每个错误都有代码。代码最先输出，随后是发生了什么、在哪里以及该怎么办；使用 `--json` 时位于 `error.code` 字段。本页由源代码中的注册表生成。',
    exits: '退出码',
    exitIntro: '退出码说明应当由谁来处理。',
    kinds: {
      ok: ['成功', '无需处理。'],
      fault: ['程序缺陷', 'Towpath 自身有误：请反馈。'],
      user: ['用户错误', '请求或配置无法按原样执行：请修正。'],
      gate: ['门槛', '候选发布未通过门槛：线上版本保持不变。'],
      environment: ['环境', '机器缺少某些条件：请运行 `towpath doctor`。'],
      interrupted: ['中断', '被 Ctrl-C 或信号终止。'],
    },
    columns: ['退出码', '类别', '由谁处理'],
    areas: {
      APP: '通用',
      CLI: '命令行',
      CONTRACT: '产物格式',
      DATA: '数据与索引',
      DEPLOY: '部署',
      EVALUATE: '评测',
      FLOW: '流程引擎',
      PROJECT: '项目文件',
      RELEASE: '发布',
      SERVE: '服务',
      STORE: '记录与产物',
      TRAIN: '模型与 Python',
    },
    facts: (kind, exit, http) => `类别：${kind} · 退出码：${exit} · HTTP 状态：${http}`,
    remedy: '处理方法',
    colon: '：',
  },
};

/**
 * The page in one language, as Markdown.
 *
 * @param {object} reference
 * @param {Record<string, {kind: string, http?: number}>} reference.registry
 * @param {Record<string, {meaning: {en: string, zh: string}, remedy: {en: string, zh: string}}>} reference.texts
 * @param {Record<string, number>} reference.exitCodes
 * @param {'en' | 'zh'} language
 */
export function renderErrorReference({ registry, texts, exitCodes }, language) {
  const text = words[language];
  const exits = Object.entries(exitCodes).map(
    ([kind, code]) => `| ${String(code)} | ${text.kinds[kind][0]} | ${text.kinds[kind][1]} |`,
  );
  const parts = [
    `# ${text.title}`,
    text.intro,
    `## ${text.exits}`,
    text.exitIntro,
    [`| ${text.columns.join(' | ')} |`, '| --- | --- | --- |', ...exits].join('\n'),
  ];
  const areas = new Map();
  for (const code of Object.keys(registry).sort()) {
    const area = code.split('_')[1];
    areas.set(area, [...(areas.get(area) ?? []), code]);
  }
  for (const [area, codes] of areas) {
    parts.push(`## ${text.areas[area] ?? area}`);
    for (const code of codes) {
      const entry = registry[code];
      const http = entry.http ?? (entry.kind === 'fault' ? 500 : 400);
      parts.push(
        `### ${code}`,
        texts[code].meaning[language],
        `**${text.remedy}**${text.colon}${texts[code].remedy[language]}`,
        text.facts(text.kinds[entry.kind][0], exitCodes[entry.kind], http),
      );
    }
  }
  return `${parts.join('\n\n')}\n`;
}

/** Where each language's page lies, relative to the repository. */
export const errorPages = {
  en: 'examples/handbook/docs/en/errors.md',
  zh: 'examples/handbook/docs/zh/errors.md',
};

async function main() {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const load = (path) => import(pathToFileURL(join(root, 'dist', path)).href);
  await load('cli/speaking.js');
  const registry = (await load('core/errors/registry.js')).registeredErrors();
  const { errorTextTable: texts } = await load('core/messages/error-table.js');
  const { exitCodes } = await load('core/errors/entry.js');
  let stale = 0;
  for (const [language, page] of Object.entries(errorPages)) {
    const path = join(root, page);
    const content = renderErrorReference({ registry, texts, exitCodes }, language);
    if ((await readFile(path, 'utf8').catch(() => '')) === content) continue;
    stale += 1;
    if (process.argv.includes('--check')) {
      console.error(`${page} does not agree with the registry: run node scripts/error-reference.mjs`);
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    console.log(`wrote ${page}`);
  }
  if (stale > 0 && process.argv.includes('--check')) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
