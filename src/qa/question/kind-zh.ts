import type { KindMatch, QuestionKind } from './kinds.ts';

/** First match wins: narrow patterns stand before wide ones. Chinese asks in place, so the match is the gap. */
const patterns: readonly (readonly [QuestionKind, RegExp])[] = [
  ['yes-no', /吗[?？]?$|([行算要会能用是对可])以?不\1|有没有/u],
  ['definition', /^什么(?:是|叫)|是什么意思|是啥意思|的(?:定义|含义)(?:是什么)?|有什么(?:作用|用)|(?:作用|用途)是什么|^[^的，,]{1,8}是什么[?？]?$/u],
  ['consequence', /会(?:怎么?样|发生什么|如何)|有什么后果|结果会?(?:怎么?样|如何)/u],
  ['value', /默认(?:[值是为的]|情况下)|(?:什么|哪(?:个|一个)?|多少)(?:端口|退出码|状态码|错误码|版本)|(?:端口|退出码|状态码|版本|端口号|版本号)是(?:什么|多少|几)/u],
  ['identifier', /(?:什么|哪(?:[个条些种]|一个|一条|几个)?|何种)\p{Script=Han}{0,2}(?:命令|设置|选项|参数|键|文件|目录|字段|指标|接口|路径|变量|配置项|配置|端点|事件|开关|包|函数|指令)/u],
  ['reason', /为什么|为何|何以|(?:什么|哪些)原因|原因是什么|因为什么|由于什么|怎么会|干嘛/u],
  ['duration', /多长时间|多久|(?:多少|几)个?(?:[年月天日秒周]|小时|分钟|星期)(?![代份级])(?:时间)?/u],
  ['date', /何时|何年|什么时候|(?:什么|哪个?|哪一个?|几)(?:时间|日期|年份?|月份?|天|日|世纪|时期|时代)|几[号点]/u],
  ['number', /多少(?:[个名人次种分米度家座条]|美元|英镑|公里|英里|英尺)?|几[个名次种位条座倍分]|多(?:[大高远快深宽重长]|频繁)|百分之几|(?:比例|人口|数量|总数|百分比|面积|长度|高度|速度|温度)(?:是|为)?(?:什么|多少)?/u],
  ['person', /谁|哪(?:位|名)(?:\p{Script=Han}{1,4}?)?(?=[是在曾被的为将最于写创建?？])|哪(?:位|名)|(?:什么|哪个|哪一个|何)人/u],
  ['place', /哪里|哪儿|何处|何地|什么地方|(?:什么|哪个?|哪一个?|哪座|哪些)(?:国家|城市|[州省岛洲县镇]|地区|地方|地点|河流?|大陆|位置|区域)|位于(?:哪|何)/u],
  ['how-to', /怎么办|怎么|如何|怎样|该(?:[做设改用写]|执行)什么|要(?:设|改|执行|运行)什么/u],
  ['yes-no', /是否|是不是|能不能|可不可以|会不会|有没有|能否|可否/u],
  ['other', /(?:什么|哪(?:[个些种家支座部本条所项类]|一个|一种)?|何种?)/u],
]; // prettier-ignore

export function chineseKind(question: string): KindMatch {
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(question);
    if (match === null) continue;
    const gap = asked.exec(match[0]);
    const start = match.index + (gap?.index ?? 0);
    return { kind, gap: { start, end: start + (gap?.[0].length ?? match[0].length) } };
  }
  return { kind: 'other', gap: { start: question.length, end: question.length } };
}

/** The asking word itself inside a wider pattern. */
const asked =
  /什么(?:时候|时间|地方|原因|人)?|为(?:什么|何)|哪(?:[里儿位名些种家支座部本条所项类]|一?个|一?年)?|谁|何[时年处地人种]?|多(?:[少久大高远快深宽重]|长时间|长)|几|怎么样?|如何|怎样/u;
