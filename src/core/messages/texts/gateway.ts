import { messages } from '../entry.ts';

/** What the gateway and its replicas tell their clients. */
export const gatewayMessages = messages({
  'gateway.fault': {
    en: 'the gateway met a fault of its own; its log says more',
    zh: '网关自身出错；详见它的日志',
  },
  'gateway.no-content-type': {
    en: 'Content-Type must be application/json; there is none',
    zh: 'Content-Type 必须是 application/json；请求中没有该请求头',
  },
  'gateway.content-type': {
    en: 'Content-Type must be application/json; it is {type}',
    zh: 'Content-Type 必须是 application/json；实际为 {type}',
  },
  'gateway.compressed': {
    en: 'a compressed body is not taken; send it as it is',
    zh: '不接受压缩的请求体；请直接发送',
  },
  'gateway.body-large': { en: 'the body is larger than {most}', zh: '请求体超过 {most}' },
  'gateway.not-utf8': { en: 'the body is not UTF-8', zh: '请求体不是 UTF-8' },
  'gateway.nested': {
    en: 'the body is nested deeper than {most} levels',
    zh: '请求体的嵌套超过 {most} 层',
  },
  'gateway.not-json': { en: 'the body is not JSON', zh: '请求体不是 JSON' },
  'gateway.field': { en: '{field}: {problem}', zh: '{field}：{problem}' },
  'gateway.not-valid': { en: 'is not valid', zh: '无效' },
  'gateway.other-host': { en: 'the host {host} is not this machine', zh: '主机 {host} 不是本机' },
  'gateway.other-origin': {
    en: 'pages of {origin} may not ask here',
    zh: '不接受来自 {origin} 的网页的请求',
  },
  'gateway.no-host': { en: 'the Host header is missing', zh: '缺少 Host 请求头' },
  'gateway.expect': { en: 'Expect: {value} cannot be met', zh: '无法满足 Expect: {value}' },
  'gateway.no-proxy': {
    en: '{url} cannot be reached through here: this is no proxy',
    zh: '无法经由这里访问 {url}：这不是代理',
  },
  'gateway.slow': { en: 'the request did not arrive in time', zh: '请求没有及时到达' },
  'gateway.headers-large': { en: 'the headers are larger than 16 KiB', zh: '请求头超过 16 KiB' },
  'gateway.chunks': { en: 'the chunks carry too many extensions', zh: '分块中的扩展过多' },
  'gateway.no-request': { en: 'this is no HTTP request: {why}', zh: '这不是 HTTP 请求：{why}' },
  'gateway.nothing-at': { en: 'there is nothing at {path}', zh: '{path} 处没有内容' },
  'gateway.method': { en: '{path} takes {allow}, not {method}', zh: '{path} 接受 {allow}，不接受 {method}' },
  'gateway.no-model': {
    en: 'release {release} has no model {model}; it has {known}',
    zh: '发布 {release} 没有模型 {model}；它有 {known}',
  },
  'gateway.one-choice': { en: 'one choice is made, n must be 1', zh: '只生成一个结果，n 必须为 1' },
  'gateway.no-logprobs': { en: 'log probabilities are not told', zh: '不提供对数概率' },
  'gateway.no-tools': { en: 'tools are not called', zh: '不调用工具' },
  'gateway.only-text': {
    en: 'only text is written, response_format.type must be "text"',
    zh: '只生成文本，response_format.type 必须为 "text"',
  },
  'gateway.no-question': {
    en: 'there is no message of the user to answer',
    zh: '没有可供回答的用户消息',
  },
  'gateway.takes-text': {
    en: 'takes text: a string, or parts of type "text"',
    zh: '应为文本：字符串，或类型为 "text" 的各部分',
  },
  'gateway.no-end': { en: 'the model ended without saying how', zh: '模型结束时没有说明原因' },

  'replica.body-large': { en: 'the body is larger than {most} bytes', zh: '请求体超过 {most} 字节' },
  'replica.line-long': { en: 'a line is longer than {most} characters', zh: '有一行超过 {most} 个字符' },
  'replica.body': { en: 'the body', zh: '请求体' },
  'replica.start': { en: 'start message: {problem}', zh: '启动消息：{problem}' },
  'replica.not-valid': { en: 'not valid', zh: '无效' },
  'replica.either': { en: 'give either prompt or messages', zh: 'prompt 与 messages 只能给出一个' },
  'replica.no-vectors': {
    en: 'this replica generates text, it makes no vectors',
    zh: '该副本生成文本，不生成向量',
  },
  'replica.no-text': {
    en: 'this replica makes vectors, it generates no text',
    zh: '该副本生成向量，不生成文本',
  },
  'replica.grammar': { en: 'the grammar cannot be read', zh: '无法读取该语法' },
  'replica.no-prompt': { en: 'the prompt is empty', zh: '提示词为空' },
  'replica.token': { en: 'the bearer token is missing or wrong', zh: 'Bearer 令牌缺失或错误' },
  'replica.no-endpoint': { en: 'no endpoint {method} {path}', zh: '没有接口 {method} {path}' },
});
