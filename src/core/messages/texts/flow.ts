import { messages } from '../entry.ts';

/** The engine: what happened to a run and its steps. */
export const flowMessages = messages({
  'flow.step-busy': {
    en: 'step {step} is being computed by {run}, which does not end',
    zh: '步骤 {step} 正由 {run} 计算，而它一直没有结束',
  },
  'flow.cancel-other': {
    en: 'cancel it with towpath cancel {run}, then run again',
    zh: '用 towpath cancel {run} 取消它，然后重新运行',
  },
  'flow.cancel-gone': {
    en: 'cancel it with towpath cancel {run}, or, if {host} is gone for good, with --gone, then run again',
    zh: '用 towpath cancel {run} 取消它；如果它所在的机器（{host}）已不复存在，请加上 --gone；然后重新运行',
  },
  'flow.another-machine': { en: 'another machine', zh: '另一台机器' },
  'flow.this-machine': { en: 'this machine', zh: '本机' },
  'flow.step-cancelled': { en: 'step {step} was cancelled', zh: '步骤 {step} 已被取消' },
  'flow.run-cancelled': { en: '{run} was cancelled', zh: '{run} 已被取消' },
  'flow.run-cancelled-by': { en: '{run} was cancelled by {by}', zh: '{run} 已被 {by} 取消' },
  'flow.given-up': { en: '{run} was given up while it worked', zh: '{run} 在工作期间被放弃' },
  'flow.given-up-by': {
    en: '{run} was given up by {by}: {host} is gone',
    zh: '{run} 已被 {by} 放弃：它所在的机器（{host}）已不复存在',
  },
  'flow.run-alive': {
    en: '{run} goes on at {host}: it is not gone',
    zh: '{run} 仍在运行（{host}）：它没有消失',
  },
  'flow.cancel': { en: 'stop it with towpath cancel {run}', zh: '用 towpath cancel {run} 停止它' },
  'flow.no-step': { en: '{run} has no step {step}', zh: '{run} 没有步骤 {step}' },
  'flow.has-steps': { en: 'it has: {steps}', zh: '它有：{steps}' },
  'flow.nothing-ran': { en: 'nothing has run yet', zh: '还没有任何运行' },
  'flow.start': { en: 'start with `towpath run`', zh: '请用 `towpath run` 开始' },
  'flow.several-runs': {
    en: 'several runs begin with {prefix}: {runs}',
    zh: '有多个运行以 {prefix} 开头：{runs}',
  },
  'flow.no-run': { en: 'no run {run}', zh: '没有运行 {run}' },
  'flow.logs-of': {
    en: '{step} is a step: `towpath logs last {step}` prints its log in the newest run',
    zh: '{step} 是步骤：`towpath logs last {step}` 打印它在最近一次运行中的日志',
  },
  'flow.several-digests': {
    en: 'several digests begin with {prefix}: {digests}',
    zh: '有多个摘要以 {prefix} 开头：{digests}',
  },
  'flow.more-characters': { en: 'give more of its characters', zh: '请多给出几个字符' },
  'flow.no-item': { en: 'nothing known is called {name}', zh: '没有名为 {name} 的已知内容' },

  'flow.step-failed': { en: 'step {step} failed: {why}', zh: '步骤 {step} 失败：{why}' },
  'flow.step-timeout': {
    en: 'step {step} ran for longer than {time}',
    zh: '步骤 {step} 的运行时间超过 {time}',
  },
  'flow.step-memory': {
    en: 'step {step} needed more memory than its limit of {limit} MiB',
    zh: '步骤 {step} 所需的内存超过其上限 {limit} MiB',
  },
  'flow.step-memory-at': {
    en: 'step {step} needed more memory than its limit of {limit} MiB, working on {what}',
    zh: '步骤 {step} 在处理 {what} 时所需的内存超过其上限 {limit} MiB',
  },
  'flow.step-killed': {
    en: 'step {step} was killed by {signal}, twice',
    zh: '步骤 {step} 两次被 {signal} 终止',
  },
  'flow.step-crashed': { en: 'step {step} ended by itself with {how}', zh: '步骤 {step} 自行结束：{how}' },
  'flow.exit-status': { en: 'exit status {status}', zh: '退出状态 {status}' },
  'flow.read-log': {
    en: 'read its log: towpath logs {run} {step}',
    zh: '查看它的日志：towpath logs {run} {step}',
  },
  'flow.see-log': { en: 'see towpath logs {run} {step}', zh: '请查看 towpath logs {run} {step}' },
  'flow.and-log': {
    en: '{clause}; the step’s log: towpath logs {run} {step}',
    zh: '{clause}；该步骤的日志：towpath logs {run} {step}',
  },
  'flow.no-output': {
    en: 'step {step} did not write its output {output}',
    zh: '步骤 {step} 没有写出它的输出 {output}',
  },
  'flow.has-no-output': { en: 'step {step} has no output {output}', zh: '步骤 {step} 没有输出 {output}' },
  'flow.unstartable': { en: 'cannot start {program}', zh: '无法启动 {program}' },
  'flow.facts-large': {
    en: 'the facts of {step} are over 64 KiB: write them to an output',
    zh: '{step} 的事实超过 64 KiB：请写入某个输出',
  },

  // A plan that does not hold together, and code that cannot be read: faults of ours.
  'flow.plan-step': { en: 'step {step} {problem}', zh: '步骤 {step} {problem}' },
  'flow.no-name': { en: 'is not a name for a step', zh: '不能作步骤名' },
  'flow.name-twice': { en: 'is the name of two steps', zh: '是两个步骤的名称' },
  'flow.reads-unknown': {
    en: 'reads {input} from the step {other}, which is not in the plan',
    zh: '从步骤 {other} 读取 {input}，而计划中没有该步骤',
  },
  'flow.reads-no-output': {
    en: 'reads the output {output} of {other}, which has only: {outputs}',
    zh: '读取 {other} 的输出 {output}，而它只有：{outputs}',
  },
  'flow.other-params': {
    en: 'step {step}: its parameters are not those of {kind}',
    zh: '步骤 {step}：它的参数不是 {kind} 的参数',
  },
  'flow.lacks-input': { en: 'lacks the input {input}', zh: '缺少输入 {input}' },
  'flow.no-input': { en: 'has no input named {input}', zh: '没有名为 {input} 的输入' },
  'flow.external-twice': { en: 'names an external file twice', zh: '两次列出同一个外部文件' },
  'flow.asks-late': {
    en: 'asks late for {other}, on which it does not depend',
    zh: '事后要求 {other}，而它并不依赖该步骤',
  },
  'flow.circle': { en: 'depends on itself: {path}', zh: '依赖自身：{path}' },
  'flow.nobody-gives': {
    en: 'the stage {stage} needs {port}, which no stage gives',
    zh: '阶段 {stage} 需要 {port}，而没有阶段提供它',
  },
  'flow.ports-circle': {
    en: 'stages wait for each other: {ports}',
    zh: '各阶段互相等待：{ports}',
  },
  'flow.input-not-given': { en: 'the plan gives no input {name}', zh: '计划没有给出输入 {name}' },
  'flow.no-export': {
    en: '{module} does not export {kind} as {name}',
    zh: '{module} 没有以 {name} 导出 {kind}',
  },
  'flow.code-unreadable': {
    en: 'cannot read the code {path}, which {from} imports',
    zh: '无法读取 {from} 所导入的代码 {path}',
  },
  'flow.the-plan': { en: 'the plan', zh: '计划' },
  'flow.many-files': { en: 'more than {most} files', zh: '文件超过 {most} 个' },
  'flow.no-package': {
    en: 'the package {name} is not installed (from {importer})',
    zh: '没有安装软件包 {name}（来自 {importer}）',
  },
});
