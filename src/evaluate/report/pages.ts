import type { EvaluationReport } from '../../contract/evaluation-report.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPage } from './page.ts';

/** A report for people, by the names of its files: a page and Markdown for a merge request, in both languages. */
export function reportPages(report: EvaluationReport): Readonly<Record<string, string>> {
  return {
    'report.html': renderPage(report, 'en', 'report.zh.html'),
    'report.zh.html': renderPage(report, 'zh', 'report.html'),
    'report.md': renderMarkdown(report, 'en'),
    'report.zh.md': renderMarkdown(report, 'zh'),
  };
}
