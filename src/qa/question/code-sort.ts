/** What a piece of code in running text is: the thing that a question about software asks to be named. */
export type CodeSort = 'command' | 'flag' | 'setting' | 'path' | 'name';

const sorts: readonly (readonly [CodeSort, RegExp])[] = [
  ['command', /\bcommands?\b|命令|指令/u],
  ['flag', /\b(?:flags?|switch(?:es)?|options?|arguments?)\b|选项|参数|开关/u],
  ['setting', /\b(?:settings?|keys?|knobs?|parameters?|variables?|fields?|propert(?:y|ies)|headers?)\b|设置|配置|键|变量|字段/u],
  ['path', /\b(?:files?|folders?|director(?:y|ies)|paths?|endpoints?|urls?|where)\b|文件夹?|目录|路径|接口|端点|哪里|哪儿|何处/u],
]; // prettier-ignore

/** The sort that the asking words name: "which command" wants a command. */
export function askedSort(asking: string): CodeSort | undefined {
  // The last noun is the head: "which config file" wants a path.
  let best: { sort: CodeSort; at: number } | undefined;
  for (const [sort, pattern] of sorts) {
    const at = asking.toLowerCase().search(pattern);
    if (at !== -1 && (best === undefined || at > best.at)) best = { sort, at };
  }
  return best?.sort;
}

const extension =
  /^[\w./*-]*\.(?:md|ya?ml|jsonl?|tsv|csv|txt|html?|db|sh|[jt]sx?|mjs|py|toml|gguf|parquet|log|conf|env|lock|ini|xml|rs|go|java|c|h)$/i;

/** The sort of a backticked piece, by its form alone. */
export function sortOf(code: string): CodeSort {
  if (/^--?[a-z]/i.test(code)) return 'flag';
  if (/^(?:GET|POST|PUT|PATCH|DELETE|HEAD) \//.test(code) || /^\.{0,2}\//.test(code)) return 'path';
  if (/^\$? ?[a-z][\w./-]* (?=[\w\-."'[{<])/i.test(code) && !/^[\w.]+: /.test(code)) return 'command';
  if (extension.test(code) || /^\.[a-z]/.test(code) || /^[\w.-]+\/[\w./-]*$/.test(code)) return 'path';
  if (/^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(code)) return 'setting';
  if (/^[a-z][\w-]*(?:\[\])?(?:\.[a-z_@][\w@-]*(?:\[\])?)+(?::? .+)?$/i.test(code)) return 'setting';
  if (/^[a-z][\dA-Za-z]*_\w+$/.test(code) || /^"?[\w.-]+"?:.+$/.test(code)) return 'setting';
  return 'name';
}
