import { words } from '../../text/words.ts';
import type { Passage } from '../../contract/passage.ts';
import type { Answerer } from '../snapshot.ts';
import { lexiconOf } from '../../qa/lexicon.ts';
import type { Retriever } from '../../qa/retrieval/retriever.ts';
import { createQaService } from '../../qa/service.ts';
import { defaultQaSettings } from '../../qa/settings.ts';

const texts: readonly (readonly [Passage['language'], string, string, string])[] = [
  [
    'en',
    'docs/en/serve.md',
    'Serving > Port and address',
    'The gateway listens on port 7411 of 127.0.0.1. Another port is chosen with the option --port or with the setting serve.port. Other machines cannot reach it in this version.',
  ],
  [
    'en',
    'docs/en/releases.md',
    'Releases > Rolling back',
    'A rollback makes an earlier release live again. Without a name it takes the last good release before the live one. Requests under way finish on the old release.',
  ],
  [
    'en',
    'docs/en/gates.md',
    'Evaluation > Gates',
    'A gate is a rule that a release must meet before it may take traffic. A failed gate stops the release and names the metric, the figure and the bound.',
  ],
  [
    'zh',
    'docs/zh/serve.md',
    '服务 > 端口与地址',
    '网关默认监听 127.0.0.1 的 7411 端口。可以用 --port 选项或 serve.port 设置更换端口。本版本不允许其他机器访问。',
  ],
  [
    'zh',
    'docs/zh/releases.md',
    '发布 > 回退',
    '回退会让较早的发布重新上线。不指定名称时，回退到当前发布之前最近的一个好的发布。进行中的请求仍在旧发布上完成。',
  ],
];

const passages: readonly Passage[] = texts.map(([language, source, heading, text], at) => ({
  ...{ id: `p${at}`, document: `d${at}`, ordinal: 0 },
  ...{ language, source, heading, text },
}));

/** Passages by the share of the query's words that they hold: enough for a handful. */
const retriever: Retriever = {
  search(query, k, signal, { language } = {}) {
    signal.throwIfAborted();
    const wanted = new Set(Array.from(words(query), (word) => word.text));
    const found = passages
      .filter((passage) => language === undefined || passage.language === language)
      .map((passage) => {
        const held = new Set(Array.from(words(`${passage.heading} ${passage.text}`), (word) => word.text));
        return { passage, score: [...wanted].filter((word) => held.has(word)).length / wanted.size };
      })
      .filter(({ score }) => score > 0)
      .sort((left, right) => right.score - left.score);
    return Promise.resolve(found.slice(0, k));
  },
  close: () => Promise.resolve(),
};

/** The real question-answering service over five passages. */
export function smallQa(release = 'r1'): Answerer {
  return createQaService({ retriever, lexicon: lexiconOf(passages), settings: defaultQaSettings, release });
}
