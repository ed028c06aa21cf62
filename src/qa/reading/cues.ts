import type { Question } from '../question/question.ts';
import type { ReadUnit } from './page.ts';
import { tokens } from '../text/token.ts';
import { isCommand } from './commands.ts';
import { matchable, saying } from './match.ts';
import { cellsOf } from './units.ts';

/**
 * Whether a sentence is made the way answers to this kind of question are: `To undo it, name the release` for how,
 * `because` for why. 0 to 1; 3 for
 * the definition of the very term; below 0 for words about the page itself. Wording, not topic.
 */
export function cue(question: Question, unit: ReadUnit): number {
  const { kind, language } = question;
  if (unit.kind === 'code')
    return (kind === 'how-to' || question.sort === 'command') && isCommand(unit) ? 0.8 : 0;
  if (kind === 'definition' && defines(question, unit)) return 3;
  if (guides.test(unit.text)) return -2;
  if (/\bdefaults?\b|默认/iu.test(question.text) && /\bdefaults?\b|默认/iu.test(unit.text)) return 1;
  const patterns = (language === 'zh' ? chinese : english)[kind];
  let best = 0;
  for (const [worth, pattern] of patterns ?? []) if (worth > best && pattern.test(unit.text)) best = worth;
  if (question.sort !== undefined && /`[^`]+`/.test(unit.text)) best = Math.max(best, 0.5);
  return best;
}

/** Tells what a page is about instead of saying it. */
const guides =
  /^(?:This (?:page|section|chapter|guide)\b|See (?:also )?\[|For (?:details|more),? see)|^(?:本页|本节|本章|参见|详见)/u;

/** `**Gate**: ...`, "A gate is ...", "`towpath run` runs ...", a row that begins with the term: of just what is asked. */
function defines({ keywords }: Question, unit: ReadUnit): boolean {
  const lead =
    unit.kind === 'row'
      ? cellsOf(unit.text)[0]
      : /^(?:\*\*([^*]+)\*\*|(?:The |An? )?`([^`]+)`(?= [a-z]|\s?\p{Script=Han})|(?:The |An? )?([\w -]{2,40}?)(?=:| (?:is|are|means) )|(\p{Script=Han}{1,10}?)(?=[是指：（]))/u
          .exec(unit.text)
          ?.slice(1)
          .find((part: string | undefined) => part !== undefined);
  if (lead === undefined) return false;
  const said = matchable(lead, tokens(lead));
  const own = said.tokens.filter(({ stop }) => !stop);
  return (
    own.length > 0 &&
    keywords.some((keyword) => saying(keyword, said) >= 0.9) &&
    own.every(({ stem, text }) =>
      keywords.some((keyword) => keyword.stem === stem || keyword.text.includes(text)),
    ) &&
    keywords
      .filter((keyword) => saying(keyword, said) < 0.7)
      .every(({ weight, named }) => weight < 3 && !named)
  );
}

type Cues = Partial<Record<Question['kind'], readonly (readonly [number, RegExp])[]>>;

const imperatives =
  'run|use|set|add|call|write|name|put|open|press|ask|start|stop|copy|delete|remove|install|raise|lower|list|give|pass|change|choose|create|edit|export|find|go|leave|make|move|pull|read|replace|restart|save|select|send|turn|try|type|update|wait|convert|click|enter|build|check|download|point|mark|keep|split|shorten|mirror|serve|test';

const english: Cues = {
  'how-to': [
    [1, /^To [a-z]+ .+, /],
    [1, new RegExp(`^(?:Then |First,? |Next,? |Please )?(?:${imperatives})\\b`, 'i')],
    [0.8, new RegExp(`, (?:then |please )?(?:${imperatives})\\b`, 'i')],
    [0.8, /\b(?:with|by|using) (?:the )?(?:\w+ )?`[^`]+`/i],
    [0.6, /`[^`]+` [a-z]+s\b/],
  ],
  reason: [[1, /\b(?:because|so that|since|therefore|which is why|in order to|due to|the reason)\b|, so\b/i]],
  consequence: [
    [0.8, /^(?:if|when|once|as soon as|after)\b/i],
    [0.5, /\b(?:is|are|gets?) (?:then |not )?[a-z]+ed\b|\bfails?\b|\bstops?\b|\breports?\b|\banswers? (?:at once )?with\b|\bis an error\b/i],
  ],
  value: [[1, /\bdefaults?\b|\bunless\b/i], [0.4, /\d/]],
  place: [[0.8, /\b(?:in|under|at|inside|into) (?:the )?(?:\w+ )?`[^`]+`/i]],
  definition: [[1, /^(?:\*\*[^*]+\*\*(?: \([^)]*\))?:|(?:an? |the )?[\w\s`*-]{2,40} (?:is|are|means|says|stands for) )/i]],
  'yes-no': [[0.6, /\b(?:not|no|never|nothing|none|cannot|without|only)\b|n['’]t\b/i]],
  duration: [[0.8, /\b(?:\d+|one|two|three|five|ten) (?:milli)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b/i]],
  number: [[0.6, /\d/]],
}; // prettier-ignore

const chinese: Cues = {
  'how-to': [
    [1, /^(?:要|想要|如需|若要|为了)[^，。]+[，,](?:请|可以|就)?/u],
    [1, /请(?![求问教])|^(?:[先用把将在]|运行|执行)/u],
    [0.8, /(?:用|加上|执行|运行|设置|改为|写上|设为|写) ?`[^`]+`/u],
    [0.6, /`[^`]+`/u],
  ],
  reason: [[1, /因为|由于|所以|因此|以便|为了|以免|否则|原因/u]],
  consequence: [[0.8, /时[，,]|后[，,]|就会|会(?!议)|^如果/u], [0.5, /报错|返回|拒收|失败|停止|换成|按/u]],
  value: [[1, /默认/u], [0.4, /\d/]],
  place: [[0.8, /[在到于往入][^，。]{0,12}`[^`]+`/u]],
  definition: [[1, /^(?:\*\*[^*]+\*\*(?:[（(][^）)]*[）)])?[：:]|[^，。]{1,16}(?:[是指即]|表示))/u]],
  'yes-no': [[0.6, /[不没无未]|只能|必须|禁止/u]],
  duration: [[0.8, /\d ?(?:毫秒|[秒天周年]|分钟|小时|个月)/u]],
  number: [[0.6, /[\d两二三四五六七八九十]/u]],
}; // prettier-ignore
