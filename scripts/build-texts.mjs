// What the build says, in the language of the locale. `src/core/messages` is not built yet when it is needed here.
const env = process.env;
const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
const chinese = /^zh(?:$|[^a-z])/i.test(locale);

const pick = (en, zh) => (chinese ? zh : en);

/** @type {Readonly<Record<string, (...values: readonly (string | number)[]) => string>>} */
export const texts = {
  firstTime: () =>
    pick('building Towpath: about half a minute the first time', '正在构建 Towpath：首次约需半分钟'),
  again: () => pick('building Towpath: what has changed', '正在构建 Towpath：只构建有变化的部分'),
  noPackages: () =>
    pick(
      'build: the packages are not installed; run `npm ci` first',
      '构建：尚未安装软件包；请先运行 `npm ci`',
    ),
  reading: () => pick('reading the program', '正在读取程序'),
  compiling: (done, all) => pick(`compiling · ${done} / ${all} files`, `正在编译 · ${done} / ${all} 个文件`),
  writing: () => pick('writing what was compiled', '正在写出编译结果'),
  packed: (time) => pick(`page packed · ${time}`, `页面已打包 · ${time}`),
  compiled: (done, all, time) =>
    pick(
      `program compiled · ${done} of ${all} files were new · ${time}`,
      `程序已编译 · ${all} 个文件中有 ${done} 个是新的 · ${time}`,
    ),
};
