import { messages } from '../entry.ts';

/** Replicas, and going back to an earlier release. */
export const deployMessages = messages({
  'deploy.ended': { en: 'a replica ended {how} {when}', zh: '一个副本{when}{how}' },
  'deploy.ended-said': { en: '{ended}: {said}', zh: '{ended}：{said}' },
  'deploy.with-code': { en: 'with exit code {code}', zh: '退出，退出码 {code}' },
  'deploy.by-signal': { en: 'by {signal}', zh: '被 {signal} 终止' },
  'deploy.before-ready': { en: 'before it was ready', zh: '在就绪之前' },
  'deploy.while-serving': { en: 'while it served', zh: '在服务期间' },
  'deploy.stalled': {
    en: 'a replica with work got nowhere for {time} and was killed',
    zh: '一个副本手里有工作，却在 {time} 内毫无进展，已被终止',
  },
  'deploy.silent': {
    en: 'a replica gave no sign of life for {time} and was killed',
    zh: '一个副本在 {time} 内没有任何响应，已被终止',
  },
  'deploy.not-ready': {
    en: 'the replica was not ready within {time}',
    zh: '副本在 {time} 内没有就绪',
  },
  'deploy.replica-stopping': { en: 'the replica is being stopped', zh: '副本正在停止' },
  'deploy.stopping': { en: 'the replicas are being stopped', zh: '副本正在停止' },
  'deploy.none-ready': { en: 'no replica is ready ({states})', zh: '没有就绪的副本（{states}）' },
  'deploy.starting': { en: 'starting', zh: '启动中' },
  'deploy.ready': { en: 'ready', zh: '就绪' },
  'deploy.unresponsive': { en: 'unresponsive', zh: '没有响应' },
  'deploy.waiting': { en: 'waiting', zh: '等待重启' },
  'deploy.failed': { en: 'failed', zh: '失败' },
  'deploy.stopped': { en: 'stopped', zh: '已停止' },
  'deploy.unknown-target': {
    en: 'no deploy target "{kind}"; known: {known}',
    zh: '没有部署目标 “{kind}”；已知的有：{known}',
  },

  'rollback.never-live': { en: 'no release was ever live', zh: '还没有任何发布上线过' },
  'rollback.first': {
    en: 'the first release is made by `towpath run`',
    zh: '第一个发布由 `towpath run` 生成',
  },
  'rollback.live-already': { en: '{release} is live already', zh: '{release} 已经上线' },
  'rollback.given-up': { en: '{release} was given up', zh: '{release} 已被放弃' },
  'rollback.none-before': {
    en: 'no release was live before {release}',
    zh: '在 {release} 之前没有上线过的发布',
  },
  'rollback.only-one': {
    en: '{release} is the only release; the next one is made by a run that passes its gates',
    zh: '{release} 是唯一的发布；下一个发布由通过门槛的运行生成',
  },
  'rollback.name-another': {
    en: 'name another: `towpath rollback {release}`; `towpath releases` lists them',
    zh: '请指定其他发布：`towpath rollback {release}`；`towpath releases` 会列出它们',
  },
});
