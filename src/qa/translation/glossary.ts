import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';
import type { Translator } from './translator.ts';

interface Pair {
  readonly en: string;
  readonly zh: string;
}

/** Most pairs that one glossary may have: every question is compared with each. */
const mostPairs = 20_000;

/** Most bytes of a glossary: far above those pairs. */
export const largestGlossary = 16 * 2 ** 20;

/**
 * A translator from the text of a glossary file: an English term, a tab, a Chinese term on each line; lines that
 * begin with `#` are notes. Longer terms are found before shorter ones inside them.
 *
 * @throws TOW_SERVE_QA_GLOSSARY_BROKEN naming file and line
 */
export function glossaryTranslator(tsv: string, file: string): Translator {
  const pairs = parse(tsv, file);
  return {
    translate: (question, to) =>
      Promise.resolve(to === 'und' ? [] : found(question, pairs, to === 'zh' ? 'en' : 'zh', to)),
  };
}

function parse(tsv: string, file: string): Pair[] {
  const pairs: Pair[] = [];
  for (const [i, line] of tsv
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [en, zh, ...rest] = line.split('\t').map((cell) => cell.trim());
    if (!en || !zh || rest.length > 0) {
      throw new TowpathError(
        'TOW_SERVE_QA_GLOSSARY_BROKEN',
        // Not what stands there: the file may be one that the reader of the message is not to see.
        say('serve.not-a-pair'),
        {
          where: `${file}:${i + 1}`,
        },
      );
    }
    pairs.push({ en, zh });
    if (pairs.length > mostPairs) {
      throw new TowpathError(
        'TOW_SERVE_QA_GLOSSARY_BROKEN',
        say('serve.too-many-pairs', { most: mostPairs }),
        {
          where: `${file}:${i + 1}`,
        },
      );
    }
  }
  return pairs;
}

function found(question: string, pairs: readonly Pair[], from: 'en' | 'zh', to: 'en' | 'zh'): string[] {
  let rest = ` ${question.toLowerCase()} `;
  const terms: string[] = [];
  for (const pair of [...pairs].sort((a, b) => b[from].length - a[from].length)) {
    const term = pair[from].toLowerCase();
    const at = find(rest, term, from);
    if (at === -1) continue;
    terms.push(pair[to]);
    // What is found is taken out, so that "release" is not found again inside "release notes".
    rest = `${rest.slice(0, at)}\u0000${rest.slice(at + term.length)}`;
  }
  return terms;
}

/** English terms only as whole words, an ending of plural or tense allowed. */
function find(text: string, term: string, language: 'en' | 'zh'): number {
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) {
    if (language === 'zh') return at;
    const before = text[at - 1] ?? ' ';
    const after = text.slice(at + term.length);
    if (!/[a-z0-9]/.test(before) && /^(?:s|es|d|ed|ing)?(?![a-z0-9])/.test(after)) return at;
  }
  return -1;
}
