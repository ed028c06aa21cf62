import { createHash } from 'node:crypto';
import { parse } from 'parse5';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { render } from '../../core/messages/message.ts';
import { reasonOf, type EvaluationReport } from '../../contract/evaluation-report.ts';
import { evaluate } from '../score/evaluate.ts';
import { handbook } from '../testing/handbook.ts';
import { englishIn } from '../../core/messages/testing/english.ts';
import { escapeHtml, escapeMarkdown } from '../../text/escape.ts';
import { formatFigure } from '../../contract/figure.ts';
import { renderMarkdown as markdownIn } from './markdown.ts';
import { renderPage as pageIn } from './page.ts';

const renderPage = (report: EvaluationReport) => pageIn(report, 'en', 'report.zh.html');
const renderMarkdown = (report: EvaluationReport) => markdownIn(report, 'en');

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e</bdi></table>';

function reportOf(answer?: string): EvaluationReport {
  const { suites, answers } = handbook({ perLanguage: 10, skill: 0.7, seed: 3 });
  const live = handbook({ perLanguage: 10, skill: 0.9, seed: 4 }).answers;
  const given = answers.answers.map((each) => ({ ...each, answer: answer ?? each.answer, declined: false }));
  return evaluate({
    suites: suites.map((suite) => ({
      ...suite,
      questions: suite.questions.map((each) => (answer === undefined ? each : { ...each, question: answer })),
    })),
    answers: { ...answers, answers: given },
    live: { release: 'r3', answers: live },
    settings: {
      k: [1, 5],
      bootstrap: { resamples: 1000, seed: 7 },
      gates: [
        { metric: 'answer.f1', min: 0.9 },
        { metric: 'retrieval.recall@5', language: 'zh', min: 0.1 },
      ],
    },
  });
}

interface HtmlNode {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly HtmlNode[];
}

function nodes(node: HtmlNode): HtmlNode[] {
  return [node, ...(node.childNodes ?? []).flatMap(nodes)];
}

describe('the report page', () => {
  test('shows untrusted text as text: no element, attribute or script comes of it', () => {
    const tree = nodes(parse(renderPage(reportOf(hostile))));
    expect(tree.filter((node) => node.nodeName === 'script')).toHaveLength(1);
    expect(tree.filter((node) => ['img', 'iframe', 'link', 'object'].includes(node.nodeName))).toEqual([]);
    const attributes = tree.flatMap((node) => node.attrs ?? []);
    expect(
      attributes.filter(({ name }) => name.startsWith('on') || name === 'src' || name === 'style'),
    ).toEqual([]);
    // The one link is the page's own, to itself in the other language.
    expect(attributes.filter(({ name }) => name === 'href').map(({ value }) => value)).toEqual([
      'report.zh.html',
    ]);
  });

  test('keeps its structure whatever an answer holds', () => {
    const shape = (answer: string) =>
      nodes(parse(renderPage(reportOf(answer))) as unknown as HtmlNode)
        .map((node) => node.nodeName)
        .filter((name) => name !== '#text')
        .join(' ');
    expect(shape(hostile).match(/\btr\b/g)).toEqual(shape('plain').match(/\btr\b/g));
  });

  test('allows by its policy its own script and style, and nothing from elsewhere', () => {
    const page = renderPage(reportOf());
    for (const [element, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ] as const) {
      const content = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)?.[1] ?? '';
      const hash = createHash('sha256').update(content).digest('base64');
      expect(page).toContain(`${directive} 'sha256-${hash}'`);
    }
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:\/\//);
  });

  test('shows verdict, gates, figures, plots and every question', () => {
    const report = reportOf();
    const page = renderPage(report);
    expect(page).toContain('<h1>Evaluation failed</h1>');
    expect(page).toContain('class="gate missed"');
    expect(page).toContain('class="live"');
    for (const item of report.items) expect(page).toContain(`<b>${item.id}</b>`);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('does not read as passed when nothing was asked, in either form and language', () => {
    const empty = { meta: { schema: 1 as const, suites: [], questions: {} }, answers: [] };
    const settings = { k: [1], bootstrap: { resamples: 1000, seed: 7 }, gates: [] };
    const report = evaluate({ suites: [], answers: empty, settings });
    const headings = { en: 'Not evaluated: no suite', zh: '未评估：没有评测集' };
    for (const language of ['en', 'zh'] as const) {
      const page = pageIn(report, language, 'x');
      expect(page).toContain(`<title>${headings[language]}</title>`);
      expect(page).toContain(`<h1>${headings[language]}</h1>`);
      expect(page).not.toMatch(/NaN|undefined|Infinity|<table|<svg|<script|class="verdict passed"/);
      const markdown = markdownIn(report, language);
      expect(markdown).toMatch(new RegExp(`^## ${headings[language]}\n`));
      expect(markdown).not.toContain('|');
    }
  });
});

describe('in Chinese', () => {
  /** English words left when names, code, figures and what the suites and answers say are taken out. */
  function english(text: string, report: EvaluationReport): string[] {
    const given = [
      ...report.items.flatMap(({ question, answer, id, file, accepted }) => [
        question,
        answer,
        id,
        file,
        ...accepted,
      ]),
      ...report.metrics.map(({ name }) => name),
      ...report.items.flatMap(({ unsupported }) => unsupported.map(({ sentence }) => sentence)),
      // The words that a sentence has and its passages have not.
      ...report.items.flatMap(({ unsupported }) =>
        unsupported.flatMap((each) => render(reasonOf(each), 'en').split(': ')[1]?.split(', ') ?? []),
      ),
      ...report.suites.map(({ path }) => path),
    ];
    return englishIn(text, [
      ...given,
      ...given.map((each) => escapeHtml(each)),
      ...given.map((each) => escapeMarkdown(each)),
    ]);
  }

  test('the page and the Markdown speak it throughout, with the same structure', () => {
    const report = reportOf();
    const tree = (page: string) => nodes(parse(page));
    const words = tree(pageIn(report, 'zh', 'report.html'))
      .filter((node): node is HtmlNode & { value: string } => node.nodeName === '#text' && 'value' in node)
      .map(({ value }) => value)
      .filter((value) => !value.includes('{') && !value.includes('function'))
      .join(' ');
    expect(english(words, report)).toEqual(['English']);
    expect(tree(pageIn(report, 'zh', 'x')).length).toBe(tree(pageIn(report, 'en', 'x')).length);
    const markdown = markdownIn(report, 'zh').replaceAll(/<\/?(?:details|summary|sub)>/g, '');
    expect(markdown).toMatch(/^## 评估未通过：2 道门槛中有 1 道未通过\n/);
    expect(english(markdown, report)).toEqual([]);
  });
});

describe('the Markdown report', () => {
  test('opens with the verdict and has figures, intervals and the change against live', () => {
    const text = renderMarkdown(reportOf());
    expect(text).toMatch(/^## Evaluation failed: 1 of 2 gates\n/);
    expect(text).toMatch(
      /\| `answer\.f1` \| all, 16 \| 0\.\d{3} \| 0\.\d{3} … 0\.\d{3} \| 0\.\d{3} \| [−+±]/,
    );
    expect(text).toContain('<details>\n<summary>Failed gate, lowest questions: answer.f1 (all)</summary>');
  });

  test('lets no answer write HTML, links, mentions or table cells', () => {
    const text = renderMarkdown(reportOf(`${hostile} [x](http://evil) @team #1 | **b** \n\n# h`));
    expect(text).not.toMatch(/<(?!\/?(?:details|summary|sub)>)/);
    expect(text).not.toMatch(/(?<!\\)\]\(/);
    expect(text).not.toContain('@team');
    expect(text).not.toMatch(/^# h/m);
  });
});

describe('escaping', () => {
  test('leaves nothing that HTML or a reader could be misled by', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'\u202a-\u202e\u0000-\u001f]/);
        expect(escapeMarkdown(text)).not.toMatch(/[<>\n\r]|(?<!\\)[|`*[\]]/);
      }),
    );
  });
});

describe('formatFigure', () => {
  test.each([
    [0.95, 'share', false, '0.950'],
    [-0.0123, 'share', true, '−0.012'],
    [0.02, 'share', true, '+0.020'],
    [0.0001, 'share', true, '±0.000'],
    [840.4, 'ms', false, '840 ms'],
    [12_345, 'ms', false, '12.3 s'],
    [3.25, 'ms', false, '3.3 ms'],
    [-34, 'ms', true, '−34 ms'],
    [null, 'share', false, '–'],
    [NaN, 'ms', false, '–'],
  ] as const)('writes %s %s as it is read', (value, unit, signed, expected) => {
    expect(formatFigure(value, unit, signed)).toBe(expected);
  });
});
