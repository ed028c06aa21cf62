// A project's Markdown pages as an index, and its suites: what a bench needs of a project without running its flow.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { buildIndex } from '../../dist/data/index/build.js';
import { openLexicon } from '../../dist/qa/open-lexicon.js';
import { openIndex } from '../../dist/qa/retrieval/open-index.js';

/** PROJECT/docs/en, PROJECT/docs/zh and PROJECT/suite/{en,zh}.jsonl, with the index settings of a new project. */
export async function openHandbook(project, index, signal) {
  const documents = [];
  for (const language of ['en', 'zh']) {
    const folder = join(project, 'docs', language);
    for (const name of (await readdir(folder)).filter((one) => one.endsWith('.md')).sort()) {
      const text = await readFile(join(folder, name), 'utf8');
      const source = relative(project, join(folder, name));
      const title = /^# (.+)$/m.exec(text)?.[1] ?? name;
      documents.push({ id: source, source, title, language, text, split: 'train', layout: 'markdown' });
    }
  }
  const settings = { max_characters: 1200, min_characters: 80, overlap: 0 };
  await buildIndex(index, documents, { settings, signal });
  const suites = new Map();
  for (const language of ['en', 'zh']) {
    const lines = (await readFile(join(project, 'suite', `${language}.jsonl`), 'utf8')).trim().split('\n');
    suites.set(
      language,
      lines.map((line) => JSON.parse(line)),
    );
  }
  return { retriever: await openIndex(index), lexicon: await openLexicon(index), suites };
}
