import { messages } from '../entry.ts';

/** Releases: what they are made of, and what they lack. */
export const releaseMessages = messages({
  'release.manifest': { en: 'manifest', zh: '清单' },
  'release.dataset': { en: 'dataset', zh: '数据集' },
  'release.index': { en: 'index', zh: '索引' },
  'release.generator': { en: 'generator', zh: '生成模型' },
  'release.adapter': { en: 'adapter', zh: '适配器' },
  'release.embedder': { en: 'embedder', zh: '嵌入模型' },
  'release.report': { en: 'report', zh: '评估报告' },
  'release.answers': { en: 'answers', zh: '回答' },

  'release.other-weights': {
    en: 'the adapter {name} changes weights {weights}, the release would hold {held}',
    zh: '适配器 {name} 改变的是权重 {weights}，而发布中的权重为 {held}',
  },
  'release.no-weights': { en: 'none', zh: '无' },
  'release.other-index': {
    en: 'the answers come from index {index}, the release would hold {held}',
    zh: '回答出自索引 {index}，而发布中的索引为 {held}',
  },
  'release.gates-failed': { en: 'gates failed: {gates}', zh: '未通过的门槛：{gates}' },
  'release.manifest-invalid': {
    en: 'the release manifest is not valid: {why}',
    zh: '发布清单无效：{why}',
  },

  'release.not-whole': { en: '{release} is not whole: {lacks}', zh: '{release} 不完整：{lacks}' },
  'release.live-not-whole': {
    en: 'the live release {release} is not whole: {lacks}',
    zh: '上线发布 {release} 不完整：{lacks}',
  },
  'release.part-missing': { en: 'its {part} is missing', zh: '{part}缺失' },
  'release.part-damaged': { en: 'its {part} is damaged', zh: '{part}已损坏' },
  'release.not-servable': {
    en: '{release} cannot be made live: its {part}: {why}',
    zh: '{release} 无法上线：{part}：{why}',
  },
  'release.repair-or-choose': {
    en: 'run `towpath repair`, which puts a manifest back; restore other parts of {release} from a backup, or choose another release',
    zh: '执行 `towpath repair` 放回清单；{release} 的其他部分请从备份恢复，或选择其他发布',
  },
  'release.live-way-on': {
    en: 'run `towpath run`, which makes again what the present files give; where that has other bytes, only a backup made with `towpath backup` brings {release} back, and it can be given up once another release is live',
    zh: '执行 `towpath run`，它会用现有文件重新生成；若内容不同，只有 `towpath backup` 所做的备份才能找回 {release}，而在其他发布上线之后可以放弃它',
  },
  'release.newest-way-on': {
    en: 'run `towpath run`, which makes again what the present files give; where that has other bytes, only a backup made with `towpath backup` brings {release} back; or give it up: `towpath repair --give-up {release}`',
    zh: '执行 `towpath run`，它会用现有文件重新生成；若内容不同，只有 `towpath backup` 所做的备份才能找回 {release}；或放弃它：`towpath repair --give-up {release}`',
  },
  'release.older-way-on': {
    en: 'only a backup made with `towpath backup` brings {release} back: copy its artifacts from there; or give it up: `towpath repair --give-up {release}`',
    zh: '只有 `towpath backup` 所做的备份才能找回 {release}：请从中复制它的产物；或放弃它：`towpath repair --give-up {release}`',
  },
  'release.given-up-by': { en: '{release} was given up by {by}', zh: '{release} 已由 {by} 放弃' },
  'release.given-up': { en: 'given up by {by}', zh: '已由 {by} 放弃' },
  'release.live-kept': {
    en: '{release} is live, and the live release cannot be given up',
    zh: '{release} 正在线上，线上发布不能放弃',
  },
  'release.whole-kept': {
    en: '{release} is whole: there is nothing to give up',
    zh: '{release} 完好：没有什么可放弃的',
  },
  'release.nothing-compared': {
    en: 'nothing is compared with the live release {release}: {why}',
    zh: '不与上线发布 {release} 比较：{why}',
  },
  'release.none-to-serve': { en: 'there is no release to serve yet', zh: '还没有可以提供服务的发布' },
  'release.none-made': { en: 'no release was made', zh: '没有生成发布' },
  'release.not-called': { en: 'no release is called {name}', zh: '没有名为 {name} 的发布' },
  'release.several': {
    en: '{name} fits several releases: {releases}',
    zh: '{name} 匹配多个发布：{releases}',
  },
});
