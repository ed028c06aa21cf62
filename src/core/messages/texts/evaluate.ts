import { messages } from '../entry.ts';

/** Gates, choices between models, sentences without support, and what is wrong with suites. */
export const evaluateMessages = messages({
  'evaluate.scoring': { en: 'scoring', zh: '评分' },
  'gate.no-live': {
    en: 'passes: there is no live release yet to compare with',
    zh: '通过：还没有可供比较的上线发布',
  },
  'gate.no-live-figure': {
    en: 'passes: the live release has no figure on these questions to compare with',
    zh: '通过：上线发布在这些问题上没有可供比较的数值',
  },
  'gate.no-live-figure-in': {
    en: 'passes: the live release has no figure in {language} on these questions to compare with',
    zh: '通过：上线发布在这些 {language} 问题上没有可供比较的数值',
  },
  'gate.no-question': { en: 'there is no question to measure it on', zh: '没有可用来测量它的问题' },
  'gate.no-question-in': {
    en: 'there is no question in {language} to measure it on',
    zh: '没有可用来测量它的 {language} 问题',
  },
  'gate.is-least': { en: '{figure} is at least {bound}', zh: '{figure}，不低于 {bound}' },
  'gate.is-most': { en: '{figure} is at most {bound}', zh: '{figure}，不高于 {bound}' },
  'gate.must-be-least': { en: '{figure} must be at least {bound}', zh: '{figure}，应当不低于 {bound}' },
  'gate.must-be-most': { en: '{figure} must be at most {bound}', zh: '{figure}，应当不高于 {bound}' },
  'gate.not-worse': {
    en: '{improvement} against live on {questions} questions; with {confidence} confidence at least {lower}, which is above {bound}',
    zh: '在 {questions} 个问题上与上线发布相比为 {improvement}；以 {confidence} 的置信度至少为 {lower}，高于 {bound}',
  },
  'gate.worse': {
    en: '{improvement} against live on {questions} questions; with {confidence} confidence at least {lower}, which must be above {bound}',
    zh: '在 {questions} 个问题上与上线发布相比为 {improvement}；以 {confidence} 的置信度至少为 {lower}，应当高于 {bound}',
  },
  'gate.no-metric': {
    en: "the gate's metric {metric} is not in the catalogue",
    zh: '门槛的指标 {metric} 不在目录中',
  },
  'gate.failed-one': { en: 'a gate failed{lines}', zh: '有一道门槛未通过{lines}' },
  'gate.failed': {
    en: '{failed} of {all} gates failed{lines}',
    zh: '{all} 道门槛中有 {failed} 道未通过{lines}',
  },
  'gate.failure': { en: '{gate}: {reason}{lines}', zh: '{gate}：{reason}{lines}' },
  'gate.in-language': { en: '{metric} ({language})', zh: '{metric}（{language}）' },
  'gate.worst': { en: '{id} ({place}) {question}{lines}', zh: '{id}（{place}）{question}{lines}' },
  'gate.answered': { en: 'answered: {answer}', zh: '回答：{answer}' },
  'gate.should-decline': { en: 'should be declined', zh: '应当拒答' },
  'gate.accepted': { en: 'accepted: {answers}', zh: '可接受：{answers}' },
  'choice.untrained': { en: 'the untrained model', zh: '未训练的模型' },
  'choice.unmeasured': {
    en: '{metric} cannot be compared: no question of the suites measures it for both models',
    zh: '无法比较 {metric}：评测集中没有问题能同时为两个模型测量它',
  },
  'choice.figures': {
    en: '{metric} {improvement} (95% interval {low} … {high}, {questions} questions)',
    zh: '{metric} {improvement}（95% 区间 {low} … {high}，{questions} 个问题）',
  },
  'choice.trained': {
    en: 'the model of job {job} is released: it is better than the untrained one by {figures}',
    zh: '发布作业 {job} 的模型：它优于未训练的模型，{figures}',
  },
  'choice.not-better': {
    en: 'the untrained model is released: that of job {job} is not shown to be better, {figures}',
    zh: '发布未训练的模型：没有证据表明作业 {job} 的模型更好，{figures}',
  },
  'grounds.no-passage': { en: 'cites no passage', zh: '没有引用段落' },
  'grounds.number': { en: 'number not in the passages: {what}', zh: '数字不在段落中：{what}' },
  'grounds.name': { en: 'name not in the passages: {what}', zh: '名称不在段落中：{what}' },
  'grounds.language': {
    en: 'in another language than its passages, with nothing to compare',
    zh: '与所引段落语言不同，没有可供核对的内容',
  },
  'grounds.words': { en: 'words not in the passages: {what}', zh: '词语不在段落中：{what}' },
  'grounds.negates': {
    en: 'negates what the passages state, or the reverse',
    zh: '否定了段落中的说法，或者相反',
  },
  'evaluate.report-unreadable': {
    en: 'the evaluation report cannot be read: {why}',
    zh: '无法读取评估报告：{why}',
  },
  'evaluate.answers-unreadable': { en: 'the answers cannot be read: {why}', zh: '无法读取回答：{why}' },
  'evaluate.second-answer': { en: 'a second answer to {id}', zh: '对 {id} 的第二个回答' },
  'evaluate.unanswered': {
    en: '{lacking} of {all} questions have no answer: {ids}',
    zh: '{all} 个问题中有 {lacking} 个没有回答：{ids}',
  },
});
