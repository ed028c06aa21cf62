import { messages } from '../entry.ts';

/** What is said while a run or a service goes on. */
export const eventMessages = messages({
  'state.waiting': { en: 'waiting', zh: '等待中' },
  'state.running': { en: 'running', zh: '运行中' },
  'state.cached': { en: 'cached', zh: '命中缓存' },
  'state.done': { en: 'done', zh: '完成' },
  'state.failed': { en: 'failed', zh: '失败' },
  'state.cancelled': { en: 'cancelled', zh: '已取消' },
  'state.interrupted': { en: 'interrupted', zh: '被中断' },
  'state.skipped': { en: 'skipped', zh: '已跳过' },
  'state.starting': { en: 'starting', zh: '启动中' },
  'state.ready': { en: 'ready', zh: '就绪' },
  'state.unresponsive': { en: 'unresponsive', zh: '无响应' },
  'state.draining': { en: 'draining', zh: '排空中' },

  'event.run': { en: 'run', zh: '运行' },
  'event.step-started': { en: '{step} started', zh: '{step} 开始' },
  'event.step-started-why': { en: '{step} started ({reason})', zh: '{step} 开始（{reason}）' },
  'event.running-for': { en: 'running for {time}', zh: '已运行 {time}' },
  'event.waits': {
    en: '{step} waits for {run}, which computes it',
    zh: '{step} 等待 {run}，它正在计算此步骤',
  },
  'event.waits-elsewhere': {
    en: '{step} waits for {run}, which computes it on {host}',
    zh: '{step} 等待 {run}，它正在 {host} 上计算此步骤',
  },
  'event.see-rejects': { en: 'see `towpath rejects`', zh: '见 `towpath rejects`' },
  'event.run-failed': { en: 'run failed after {time}', zh: '运行在 {time}后失败' },
  'event.run-failed-with': { en: 'run failed after {time}: {code}', zh: '运行在 {time}后失败：{code}' },
  'event.failed-too': { en: '{step} failed too: {error}', zh: '{step} 也失败了：{error}' },
  'event.run-cancelled': { en: 'run cancelled after {time}', zh: '运行在 {time}后被取消' },
  'event.run-done': { en: 'run done in {time}', zh: '运行完成，用时 {time}' },
  'event.release': { en: 'release {release}', zh: '发布 {release}' },
  'event.release-not-live': {
    en: 'release {release}, not live: {live} is',
    zh: '发布 {release}，未上线：上线的是 {live}',
  },
  'event.not-evaluated': {
    en: 'not evaluated: no suite is set; `evaluate.suites` in towpath.yaml names them',
    zh: '未评估：没有设置评测集；在 towpath.yaml 的 `evaluate.suites` 中列出',
  },
  'event.replica-starting': {
    en: 'starting replica {replica} of {of} for {release}',
    zh: '正在为 {release} 启动副本 {replica}/{of}',
  },
  'event.replica-failed': { en: 'replica {replica} failed: {error}', zh: '副本 {replica} 失败：{error}' },
  'event.given-up': { en: 'given up', zh: '不再启动' },
  'event.retry-in': { en: 'starting again in {time}', zh: '{time}后重新启动' },
  'event.serving': { en: 'serving {release} at {url}', zh: '{release} 正在 {url} 提供服务' },
  'event.ask-there': {
    en: 'ask there in a browser, or in another terminal: towpath ask "…"',
    zh: '可在浏览器中打开该地址提问，或在另一个终端里：towpath ask "…"',
  },
  'event.held-back': {
    en: '{release} is live though {newest} is newer: {by} rolled back at {at}',
    zh: '上线的是 {release}，虽然 {newest} 更新：{by} 于 {at} 做了回滚',
  },
  'event.make-live-again': {
    en: 'to make {newest} live again: towpath rollback {newest}',
    zh: '要让 {newest} 重新上线：towpath rollback {newest}',
  },
  'event.swapped': { en: 'swapped {from} -> {to}', zh: '已切换 {from} -> {to}' },
  'event.draining': {
    en: 'draining {release}: {requests} in flight',
    zh: '正在排空 {release}：{requests}进行中',
  },
  'event.draining-now': {
    en: 'draining {release}, {count} in flight',
    zh: '正在排空 {release}，{count} 个进行中',
  },
  'event.watching': { en: 'watching {files} · Ctrl-C stops', zh: '正在监视 {files} · 按 Ctrl-C 停止' },
  'event.changed': { en: 'changed: {paths}', zh: '有变化：{paths}' },
  'event.changed-more': { en: 'changed: {paths} and {more} more', zh: '有变化：{paths} 等，另有 {more} 个' },
  'event.serving-on': { en: 'serving on after {error}', zh: '继续提供服务，但出现问题：{error}' },
  'event.stopping': { en: 'stopping', zh: '正在停止' },
  'event.stopping-at-once': {
    en: 'stopping; Ctrl-C again stops at once',
    zh: '正在停止；再按一次 Ctrl-C 立即停止',
  },
  'event.stopped': { en: 'stopped', zh: '已停止' },
  'event.getting-ready': { en: 'getting ready', zh: '正在准备' },
  'event.more-steps': { en: 'and {count} more steps', zh: '以及另外 {count} 个步骤' },
  'event.steps-of': { en: '{finished} of {total} steps', zh: '已完成 {finished}/{total} 个步骤' },
  'event.time-left': { en: '{time} left', zh: '剩余 {time}' },
  'event.rate': { en: '{amount}/s', zh: '{amount}/秒' },

  // Why a step was not found in the cache.
  'reason.first-run': { en: 'first run', zh: '首次运行' },
  'reason.code': { en: 'code changed', zh: '代码有变化' },
  'reason.scratch': { en: 'run from scratch', zh: '从头运行' },
  'reason.parameter': { en: 'parameter {name} changed', zh: '参数 {name} 有变化' },
  'reason.source-added': { en: 'source {name} added', zh: '来源 {name} 为新增' },
  'reason.source-changed': { en: 'source {name} changed', zh: '来源 {name} 有变化' },
  'reason.source-removed': { en: 'source {name} removed', zh: '来源 {name} 已移除' },
  'reason.input-added': { en: 'input {name} added', zh: '输入 {name} 为新增' },
  'reason.input-changed': { en: 'input {name} changed', zh: '输入 {name} 有变化' },
  'reason.input-removed': { en: 'input {name} removed', zh: '输入 {name} 已移除' },
  'reason.not-cached': { en: 'not in the cache', zh: '缓存中没有' },
  'reason.output-missing': { en: 'output {name} missing', zh: '产物 {name} 缺失' },
  'reason.output-damaged': { en: 'output {name} damaged', zh: '产物 {name} 已损坏' },

  'ask.not-towpath': {
    en: 'what answers at {url} is no Towpath service',
    zh: '在 {url} 应答的不是 Towpath 服务',
  },
  'ask.not-towpath-status': {
    en: 'what answers at {url} is no Towpath service (HTTP {status})',
    zh: '在 {url} 应答的不是 Towpath 服务（HTTP {status}）',
  },
  'ask.broke-off': { en: 'the answer from {url} broke off', zh: '来自 {url} 的回答中断了' },
  'ask.ended-early': {
    en: 'the answer from {url} ended before it was whole',
    zh: '来自 {url} 的回答没有完整就结束了',
  },
  'ask.nothing-answers': { en: 'nothing answers at {url}', zh: '{url} 没有应答' },
  'ask.busy': {
    en: 'the service is busy: try again in {seconds} s',
    zh: '服务繁忙：请在 {seconds} 秒后重试',
  },
  'ask.no-answer': { en: 'the service could not answer', zh: '服务无法回答' },
  'ask.not-json': { en: 'not JSON: {text}', zh: '不是 JSON：{text}' },
  'ask.long-event': {
    en: 'an event of the stream is longer than 4 MiB',
    zh: '数据流中有一个事件超过 4 MiB',
  },
  'ask.no-service': { en: 'no service is running for {dir}', zh: '{dir} 没有正在运行的服务' },
  'ask.start-service': {
    en: 'start it in another terminal with `towpath up`, or `towpath serve` when there is a release already',
    zh: '请在另一个终端里用 `towpath up` 启动；已有发布时可用 `towpath serve`',
  },
  'ask.first-run-ended': {
    en: 'the service at {url} ended while its first run went on',
    zh: '{url} 的服务在首次运行期间结束了',
  },
  'ask.first-run-failed': { en: 'the first run failed', zh: '首次运行失败' },
  'ask.first-run-cancelled': { en: 'the first run was cancelled', zh: '首次运行已被取消' },
  'ask.look': {
    en: 'look at the terminal of `towpath up`, or at `towpath runs`; then start it again',
    zh: '请查看 `towpath up` 的终端，或 `towpath runs`；然后重新启动',
  },
});
