import type { Words } from '../../../core/messages/message.ts';
import { escapeHtml } from '../../../text/escape.ts';
import { formatDuration } from '../../../core/units.ts';
import type { SearchTrial, SearchTrials } from '../../search/trials.ts';
import { formatFigure, formatSetting } from '../figure.ts';
import type { JobHistory } from '../history.ts';
import { jobCells, jobColumns } from '../job-row.ts';
import { lineClass } from './shade.ts';

/** A short piece of a job's line, as a legend has it. */
export function swatch(at: number): string {
  return `<svg viewBox="0 0 34 10"><path class="line ${lineClass(at)}" d="M0 5L34 5"/></svg>`;
}

/** Summaries of all jobs; in front of a name the line that is its job's. */
export function jobTable(jobs: readonly JobHistory[], words: Words): string {
  const head = jobColumns.map((id, at) => `<th${at === 0 ? '' : ' class="n"'}>${words(id)}</th>`).join('');
  const rows = jobs.map((job, at) => {
    const cells = jobCells(job, words).map((cell) => `<td class="n">${escapeHtml(cell)}</td>`);
    return `<tr><td>${swatch(at)}<b>${escapeHtml(job.name)}</b></td>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** Trials from the best to the worst. */
export function trialTable(search: SearchTrials, words: Words): string {
  const names = Object.keys(search.ranges);
  const settings = names.map((name) => `<th class="n">${escapeHtml(name)}</th>`).join('');
  const some = search.trials.some(({ reason }) => reason !== undefined);
  const why = some ? `<th>${words('curves.column-reason')}</th>` : '';
  const head =
    `<tr><th class="n">${words('curves.column-trial')}</th><th>${words('curves.column-state')}</th>` +
    `<th class="n">${words('curves.column-validation')}</th>${settings}<th class="n">${words('curves.column-steps')}</th>` +
    `<th class="n">${words('curves.column-time')}</th>${why}</tr>`;
  const rows = rankedTrials(search).map((trial) => {
    const values = names.map((name) => {
      const value = trial.settings[name];
      return `<td class="n">${value === undefined ? '–' : escapeHtml(formatSetting(value))}</td>`;
    });
    const pill = `<span class="pill${trial.state === 'failed' ? ' bad' : ''}">${words(`curves.${trial.state}`)}</span>`;
    const why = some
      ? `<td class="why small">${escapeHtml(words.text(trial.reason_text ?? trial.reason ?? ''))}</td>`
      : '';
    return (
      `<tr${trial.number === search.best ? ' class="won"' : ''}><td class="n">${String(trial.number)}</td><td>${pill}</td>` +
      `<td class="n">${formatFigure(trial.validation_loss)}</td>${values.join('')}` +
      `<td class="n">${formatFigure(trial.steps)}</td><td class="n">${formatDuration(trial.seconds * 1000)}</td>${why}</tr>`
    );
  });
  return `<div class="scroll"><table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** Complete trials by their loss, then those that ended early, then those that failed. */
export function rankedTrials({ trials }: SearchTrials): SearchTrial[] {
  const order = { complete: 0, pruned: 1, failed: 2 };
  const loss = (trial: SearchTrial): number => trial.validation_loss ?? Number.MAX_VALUE;
  return [...trials].sort(
    (a, b) => order[a.state] - order[b.state] || loss(a) - loss(b) || a.number - b.number,
  );
}
