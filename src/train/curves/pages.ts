import { renderMarkdown } from './markdown.ts';
import { renderPage } from './render/page.ts';
import type { CurvesReport } from './report.ts';

/** Curves for people, by the names of their files: a page and Markdown, in both languages. */
export function curvesPages(report: CurvesReport): Readonly<Record<string, string>> {
  return {
    'curves.html': renderPage(report, 'en', 'curves.zh.html'),
    'curves.zh.html': renderPage(report, 'zh', 'curves.html'),
    'curves.md': renderMarkdown(report, 'en'),
    'curves.zh.md': renderMarkdown(report, 'zh'),
  };
}
