import { messages } from '../entry.ts';

/** The gateway, replicas and the answer path: what their operator or `towpath ask` is told. */
export const serveMessages = messages({
  'serve.not-loopback': {
    en: 'serve.host is {host}, which other machines may reach',
    zh: 'serve.host 为 {host}，其他机器可能访问到它',
  },
  'serve.port-taken': {
    en: 'port {port} of {host} is taken by another process',
    zh: '{host} 的端口 {port} 已被另一个进程占用',
  },
  'serve.other-port': {
    en: 'choose another with `--port {next}`, or stop the process that listens on {port}',
    zh: '用 `--port {next}` 换一个端口，或停止监听 {port} 的进程',
  },
  'serve.cannot-listen': {
    en: 'cannot listen on port {port} of {host} ({code})',
    zh: '无法监听 {host} 的端口 {port}（{code}）',
  },
  'serve.connection-count': { en: ['{n} connection', '{n} connections'], zh: '{n} 个连接' },
  'serve.refused': { en: '{why}: {connections} refused', zh: '{why}：拒绝了 {connections}' },
  'serve.connections-full': {
    en: '{count} connections are open, as many as are taken',
    zh: '已有 {count} 个连接，达到上限',
  },
  'serve.no-more-sockets': {
    en: '{count} connections are open, and the system hands over no more ({why})',
    zh: '已有 {count} 个连接，系统不再交付新的连接（{why}）',
  },
  'serve.stopping': { en: 'the service is stopping', zh: '服务正在停止' },
  'serve.no-release': { en: 'no release is live yet', zh: '还没有上线的发布' },
  'serve.no-release-but': { en: 'no release is live yet: {why}', zh: '还没有上线的发布：{why}' },
  'serve.first-run': { en: 'the first run goes on', zh: '首次运行正在进行' },
  'serve.first-run-at': {
    en: 'the first run goes on, {done} of {all} steps are done',
    zh: '首次运行正在进行，{all} 个步骤已完成 {done} 个',
  },
  'serve.release-starting': { en: '{release} is starting', zh: '{release} 正在启动' },
  'serve.first-release': { en: 'the first release', zh: '第一个发布' },
  'serve.first-run-failed': { en: 'the first run failed ({why})', zh: '首次运行失败（{why}）' },
  'serve.says-why': { en: 'the service says why', zh: '原因见服务的输出' },
  'serve.first-run-cancelled': { en: 'the first run was cancelled', zh: '首次运行已被取消' },
  'serve.busy': {
    en: '{running} requests are worked on and {waiting} wait',
    zh: '{running} 个请求正在处理，{waiting} 个在等待',
  },
  'serve.too-long': { en: 'the request took longer than {time}', zh: '请求用时超过 {time}' },
  'serve.not-a-pair': {
    en: 'the line is not a pair of terms with a tab between them',
    zh: '该行不是以制表符分隔的一对术语',
  },
  'serve.too-many-pairs': { en: 'a glossary has at most {most} pairs', zh: '术语对照表最多有 {most} 对术语' },
  'serve.question-long': {
    en: 'the question has {length} characters; at most {most} are read',
    zh: '问题有 {length} 个字符；最多读取 {most} 个',
  },
  'serve.question-empty': { en: 'the question is empty', zh: '问题为空' },
  'serve.not-searched': { en: 'the index could not be searched', zh: '无法检索索引' },
  'serve.index-closed': { en: 'the index is closed', zh: '索引已关闭' },
  'serve.index-unopened': { en: 'the index in {folder} cannot be opened', zh: '无法打开 {folder} 中的索引' },
  'serve.passages-unreadable': {
    en: 'the passages in {folder} cannot be read',
    zh: '无法读取 {folder} 中的段落',
  },
  'serve.other-rules': {
    en: 'the index was made with word rules {terms}; this version uses {own}',
    zh: '索引所用的分词规则为 {terms}；本版本使用 {own}',
  },
  'serve.no-library': { en: 'node-llama-cpp cannot be loaded', zh: '无法加载 node-llama-cpp' },
  'serve.no-llama': {
    en: 'no llama.cpp library loads on {platform}',
    zh: '在 {platform} 上没有可加载的 llama.cpp 库',
  },
  'serve.model-unusable': { en: 'cannot use the model {path}: {why}', zh: '无法使用模型 {path}：{why}' },
  'serve.adapter-unusable': {
    en: 'cannot use the adapter {path}: {why}',
    zh: '无法使用适配器 {path}：{why}',
  },
  'serve.llama-load': { en: 'llama.cpp cannot load it', zh: 'llama.cpp 无法加载它' },
  'serve.llama-apply': { en: 'llama.cpp cannot apply it to the model', zh: 'llama.cpp 无法将它应用到模型' },
  'serve.unopened': { en: 'it cannot be opened', zh: '无法打开' },
  'serve.not-gguf': { en: 'it is not a GGUF file', zh: '它不是 GGUF 文件' },
  'serve.prompt-long': {
    en: 'the prompt has {tokens} tokens; the context holds {context}, answer included',
    zh: '提示词有 {tokens} 个词元；上下文连同回答共 {context} 个',
  },
  'serve.slots-taken': {
    en: 'all {slots} slots are taken and {waiting} requests wait',
    zh: '{slots} 个槽位全部占用，{waiting} 个请求在等待',
  },
  'serve.replica-ended': {
    en: 'the replica ended in the middle of an answer',
    zh: '副本在回答途中结束',
  },
  'serve.replica-unreachable': {
    en: 'the replica cannot be reached or ended in the middle of an answer',
    zh: '副本无法连接，或在回答途中结束',
  },
});
