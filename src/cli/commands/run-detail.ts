import type { RunDetail, RunRecord, StepRecord } from '../../app/records/run.ts';
import { shortDigest } from '../../core/digest.ts';
import { saidIn, type ErrorRecord } from '../../core/errors/towpath-error.ts';
import { duration } from '../../core/messages/duration.ts';
import { say, type Words } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { displayWidth, padEnd, printable, printableInLine } from '../output/width.ts';
import { localTime } from '../output/words.ts';
import { factsInShort } from '../progress/facts.ts';
import { curveLines } from './curve-lines.ts';

/** A state in its colour. */
export function stateText(
  state: RunRecord['state'] | StepRecord['state'],
  style: Style,
  words: Words,
): string {
  const text = words(`state.${state}`);
  switch (state) {
    case 'done':
      return style.green(text);
    case 'failed':
    case 'interrupted':
      return style.red(text);
    case 'running':
      return style.cyan(text);
    case 'cancelled':
      return style.yellow(text);
    default:
      return style.dim(text);
  }
}

type Fact = 'run' | 'state' | 'on' | 'started' | 'took' | 'release' | 'error';

export function runDetailLines(run: RunDetail, { style, language, words, io }: Context): string[] {
  const fact = (name: Fact, value: string) =>
    `${style.dim(padEnd(words(`show.${name}`), 8))} ${value.replaceAll('\n', `\n${' '.repeat(9)}`)}`;
  const said = (error: ErrorRecord) => printable(saidIn(error, language).message);
  return [
    fact('run', style.bold(run.id)),
    fact('state', stateText(run.state, style, words)),
    ...(run.elsewhere === undefined ? [] : [fact('on', printableInLine(run.elsewhere))]),
    fact('started', localTime(run.started)),
    ...(run.ms === undefined ? [] : [fact('took', words.text(duration(run.ms)))]),
    ...(run.release === undefined ? [] : [fact('release', run.release)]),
    ...(run.error ? [fact('error', `${style.red(run.error.code)}: ${said(run.error)}`)] : []),
    '',
    ...table<StepRecord>(
      [
        { header: words('column.step'), cell: ({ name }) => printable(name) },
        { header: words('column.state'), cell: ({ state }) => stateText(state, style, words) },
        {
          header: words('column.took'),
          align: 'right',
          cell: ({ ms }) => (ms === undefined ? '' : words.text(duration(ms))),
        },
        { header: words('column.output'), cell: outputText },
        {
          header: words('column.why'),
          flexible: true,
          cell: ({ error, reason = '', reasonText = reason }) =>
            error ? said(error) : printable(words.text(reasonText)),
        },
      ],
      run.plan,
      style,
      io.out.columns,
    ),
    ...madeFromLines(run.plan, style, words),
    ...curveLines(run.plan, style, words),
  ];
}

/** What each result was made from, and what is known of it: the code, the inputs, the facts. */
function madeFromLines(plan: readonly StepRecord[], style: Style, words: Words): string[] {
  const width = Math.max(0, ...plan.map(({ name }) => displayWidth(name)));
  const lines = plan.flatMap(({ name, code, inputs = {}, files = 0, facts }) => {
    const read = [
      ...Object.entries(inputs).map(([input, digest]) => `${input} ${shortDigest(digest)}`),
      ...(files > 0 ? [say('unit.files', { n: files })] : []),
    ];
    const parts = [
      ...(code === undefined ? [] : [words('show.code-version', { code: shortDigest(code) })]),
      ...(read.length > 0 ? [words('show.inputs', { inputs: read })] : []),
    ];
    const known = factsInShort(facts, words);
    return [parts, known]
      .filter((each) => each.length > 0)
      .map((each, at) => `${padEnd(at === 0 ? printable(name) : '', width)}  ${printable(each.join(' · '))}`);
  });
  return lines.length === 0 ? [] : ['', style.dim(words('show.results-from')), ...lines];
}

function outputText({ outputs }: StepRecord): string {
  return Object.entries(outputs)
    .map(([name, digest]) => `${name} ${shortDigest(digest)}`)
    .join(', ');
}
