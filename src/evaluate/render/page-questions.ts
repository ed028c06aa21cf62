import type { EvaluationReport, QuestionResult } from '../report.ts';
import { escapeHtml } from '../../core/text/escape.ts';
import { formatFigure } from './figure.ts';

const states = {
  wrong: 'answered wrongly',
  'declined-wrongly': 'declined wrongly',
  'should-decline': 'answered, should decline',
  missed: 'passage not retrieved',
  unsupported: 'unsupported sentence',
  failed: 'failed',
  right: 'as expected',
} as const;

type State = keyof typeof states;

/** One row for each question, with a filter by text, outcome and language. */
export function questionTable(report: EvaluationReport): string {
  const rows = report.items.map(questionRow).join('');
  const options = Object.entries(states).map(
    ([value, label]) => `<option value="${value}">${label}</option>`,
  );
  const languages = report.languages.map((each) => `<option value="${each}">${each}</option>`);
  const byLanguage =
    languages.length > 1
      ? `<select id="filter-language" aria-label="Language"><option value="">every language</option>${languages.join('')}</select>`
      : '';
  return (
    `<div class="tools"><input id="filter-text" type="search" placeholder="Filter questions, answers, ids" aria-label="Filter">` +
    `<select id="filter-state" aria-label="Outcome"><option value="">every outcome</option>${options.join('')}</select>${byLanguage}` +
    `<span id="filter-count" class="soft small" role="status"></span></div>` +
    `<div class="scroll"><table id="questions"><thead><tr><th>Id</th><th>Question and answer</th><th>Outcome</th><th class="n">Rank</th><th class="n">F1</th><th class="n">Supported</th><th class="n">Time</th></tr></thead><tbody>${rows}</tbody></table></div>`
  );
}

function questionRow(item: QuestionResult): string {
  const found = statesOf(item);
  const bad = found[0] !== 'right';
  const pills = found.map((state) => `<span class="pill ${bad ? 'bad' : 'good'}">${states[state]}</span>`);
  const share = item.sentences === 0 ? '–' : `${String(item.supported)}/${String(item.sentences)}`;
  const accepted = item.shouldDecline ? 'to be declined' : item.accepted.join(' / ');
  const answer = item.error === undefined ? item.answer : `failed: ${item.error}`;
  const reasons = item.unsupported.map(
    ({ sentence, reason }) =>
      `<p class="reason">“<bdi>${escapeHtml(clip(sentence))}</bdi>”: ${escapeHtml(reason)}</p>`,
  );
  return (
    `<tr data-state="${found.join(' ')}" data-language="${escapeHtml(item.language)}">` +
    `<td class="id"><b>${escapeHtml(item.id)}</b><br><span class="soft small">${escapeHtml(item.file)}:${String(item.line)}</span></td>` +
    `<td class="q"><bdi>${escapeHtml(item.question)}</bdi><p class="a"><span class="lab">${item.declined ? 'declined' : 'answered'}</span><bdi>${escapeHtml(answer)}</bdi></p>` +
    `<p class="a"><span class="lab">accepted</span><bdi>${escapeHtml(accepted)}</bdi></p>${reasons.join('')}</td>` +
    `<td>${pills.join('<br>')}</td><td class="n">${item.source === undefined ? '–' : item.rank === null ? 'none' : String(item.rank)}</td>` +
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
