import { messages } from '../entry.ts';

/** What zod finds wrong with a value, in its own words: `recognise` finds them, the first that fits. */
export const issueMessages = messages({
  'issue.type': {
    en: 'Invalid input: expected {expected}, received {found}',
    zh: '类型不符：应为 {expected}，实际为 {found}',
  },
  'issue.literal': { en: 'Invalid input: expected {expected}', zh: '取值无效：应为 {expected}' },
  'issue.several': {
    en: 'Invalid input: more than one option matched',
    zh: '取值无效：符合不止一种形式',
  },
  'issue.input': { en: 'Invalid input', zh: '取值无效' },
  'issue.option': { en: 'Invalid option: expected one of {options}', zh: '取值无效：应为 {options} 之一' },
  'issue.discriminator': {
    en: 'Invalid discriminator value. Expected {options}',
    zh: '区分字段的取值无效：应为 {options} 之一',
  },
  'issue.key': { en: 'Unrecognized key: {keys}', zh: '无法识别的键：{keys}' },
  'issue.keys': { en: 'Unrecognized keys: {keys}', zh: '无法识别的键：{keys}' },
  'issue.key-in': { en: 'Invalid key in {what}', zh: '{what} 中的键无效' },
  'issue.value-in': { en: 'Invalid value in {what}', zh: '{what} 中的值无效' },
  'issue.long': {
    en: 'Too big: expected {what} to have {bound} characters',
    zh: '过长：{what} 的字符数应 {bound}',
  },
  'issue.short': {
    en: 'Too small: expected {what} to have {bound} characters',
    zh: '过短：{what} 的字符数应 {bound}',
  },
  'issue.many': {
    en: 'Too big: expected {what} to have {bound} items',
    zh: '条目过多：{what} 的项数应 {bound}',
  },
  'issue.few': {
    en: 'Too small: expected {what} to have {bound} items',
    zh: '条目过少：{what} 的项数应 {bound}',
  },
  'issue.many-entries': {
    en: 'Too big: expected {what} to have {bound} entries',
    zh: '条目过多：{what} 的条目数应 {bound}',
  },
  'issue.few-entries': {
    en: 'Too small: expected {what} to have {bound} entries',
    zh: '条目过少：{what} 的条目数应 {bound}',
  },
  'issue.big': { en: 'Too big: expected {what} to be {bound}', zh: '过大：{what} 应 {bound}' },
  'issue.small': { en: 'Too small: expected {what} to be {bound}', zh: '过小：{what} 应 {bound}' },
  'issue.multiple': {
    en: 'Invalid number: must be a multiple of {divisor}',
    zh: '数值无效：应为 {divisor} 的倍数',
  },
  'issue.starts': { en: 'Invalid string: must start with {text}', zh: '文本无效：应以 {text} 开头' },
  'issue.ends': { en: 'Invalid string: must end with {text}', zh: '文本无效：应以 {text} 结尾' },
  'issue.includes': { en: 'Invalid string: must include {text}', zh: '文本无效：应含有 {text}' },
  'issue.pattern': {
    en: 'Invalid string: must match pattern {pattern}',
    zh: '文本无效：应符合 {pattern}',
  },
  'issue.url': { en: 'Invalid URL', zh: '不是有效的 URL' },
  'issue.email': { en: 'Invalid email address', zh: '不是有效的电子邮件地址' },
  'issue.datetime': { en: 'Invalid ISO datetime', zh: '不是有效的 ISO 日期时间' },
  'issue.date': { en: 'Invalid ISO date', zh: '不是有效的 ISO 日期' },
  'issue.time': { en: 'Invalid ISO time', zh: '不是有效的 ISO 时间' },
  'issue.format': { en: 'Invalid {format}', zh: '不是有效的 {format}' },
});
