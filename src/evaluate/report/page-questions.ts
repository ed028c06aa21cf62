import { reasonOf, type EvaluationReport, type QuestionResult } from '../../contract/evaluation-report.ts';
import { escapeHtml } from '../../text/escape.ts';
import type { Words } from '../../core/messages/message.ts';
import { formatFigure } from '../../contract/figure.ts';

const states = {
  wrong: 'report.wrong',
  'declined-wrongly': 'report.declined-wrongly',
  'should-decline': 'report.should-decline',
  missed: 'report.passage-missed',
  unsupported: 'report.unsupported',
  failed: 'report.question-failed',
  right: 'report.as-expected',
} as const;

type State = keyof typeof states;

/** One row for each question, with a filter by text, outcome and language. */
export function questionTable(report: EvaluationReport, words: Words): string {
  const rows = report.items.map((item) => questionRow(item, words)).join('');
  const options = Object.entries(states).map(
    ([value, label]) => `<option value="${value}">${words(label)}</option>`,
  );
  const languages = report.languages.map((each) => `<option value="${each}">${each}</option>`);
  const byLanguage =
    languages.length > 1
      ? `<select id="filter-language" aria-label="${words('report.language')}"><option value="">${words('report.every-language')}</option>${languages.join('')}</select>`
      : '';
  return (
    `<div class="tools"><input id="filter-text" type="search" placeholder="${words('report.filter-hint')}" aria-label="${words('report.filter')}">` +
    `<select id="filter-state" aria-label="${words('report.outcome')}"><option value="">${words('report.every-outcome')}</option>${options.join('')}</select>${byLanguage}` +
    `<span id="filter-count" data-of="${words('report.filter-count')}" class="soft small" role="status"></span></div>` +
    `<div class="scroll"><table id="questions"><thead><tr><th>${words('report.id')}</th><th>${words('report.question-and-answer')}</th><th>${words('report.outcome')}</th><th class="n">${words('report.rank')}</th><th class="n">F1</th><th class="n">${words('report.supported')}</th><th class="n">${words('report.time')}</th></tr></thead><tbody>${rows}</tbody></table></div>`
  );
}

function questionRow(item: QuestionResult, words: Words): string {
  const found = statesOf(item);
  const bad = found[0] !== 'right';
  const pills = found.map(
    (state) => `<span class="pill ${bad ? 'bad' : 'good'}">${words(states[state])}</span>`,
  );
  const share = item.sentences === 0 ? '–' : `${String(item.supported)}/${String(item.sentences)}`;
  const accepted = item.shouldDecline ? words('report.to-be-declined') : item.accepted.join(' / ');
  const answer = item.error === undefined ? item.answer : words('report.failed-with', { why: item.error });
  const reasons = item.unsupported.map(
    (each) =>
      `<p class="reason">“<bdi>${escapeHtml(clip(each.sentence))}</bdi>”${words('report.colon')}${escapeHtml(words.text(reasonOf(each)))}</p>`,
  );
  return (
    `<tr data-state="${found.join(' ')}" data-language="${escapeHtml(item.language)}">` +
    `<td class="id"><b>${escapeHtml(item.id)}</b><br><span class="soft small">${escapeHtml(item.file)}:${String(item.line)}</span></td>` +
    `<td class="q"><bdi>${escapeHtml(item.question)}</bdi><p class="a"><span class="lab">${words(item.declined ? 'report.declined' : 'report.answered')}</span><bdi>${escapeHtml(answer)}</bdi></p>` +
    `<p class="a"><span class="lab">${words('report.accepted')}</span><bdi>${escapeHtml(accepted)}</bdi></p>${reasons.join('')}</td>` +
    `<td>${pills.join('<br>')}</td><td class="n">${item.source === undefined ? '–' : item.rank === null ? words('report.none') : String(item.rank)}</td>` +
    `<td class="n">${item.shouldDecline ? '–' : item.f1.toFixed(2)}</td><td class="n">${share}</td><td class="n">${formatFigure(item.latency, 'ms')}</td></tr>`
  );
}

function statesOf(item: QuestionResult): State[] {
  const found: State[] = [];
  if (item.error !== undefined) found.push('failed');
  else if (item.shouldDecline && !item.declined) found.push('should-decline');
  else if (!item.shouldDecline && item.declined) found.push('declined-wrongly');
  else if (!item.shouldDecline && item.contains === 0 && item.f1 < 0.5) found.push('wrong');
  if (item.source !== undefined && item.rank === null) found.push('missed');
  if (item.unsupported.length > 0) found.push('unsupported');
  return found.length === 0 ? ['right'] : found;
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
