import { describe, expect, it } from 'vitest';
import type { Answer } from '../contract/answer.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { lexiconOf } from './lexicon.ts';
import { createQaService, type AnsweredSentence, type QaDeps } from './service.ts';
import { defaultQaSettings } from './settings.ts';
import { pages } from './testing/pages.ts';
import { shelf } from './testing/shelf.ts';
import { glossaryTranslator } from './translation/glossary.ts';

const deps: QaDeps = {
  retriever: shelf(pages),
  lexicon: lexiconOf(pages),
  settings: defaultQaSettings,
  release: 'r3',
};

async function ask(question: string, more: Partial<QaDeps> = {}): Promise<Answer> {
  const service = createQaService({ ...deps, ...more });
  return await service.answer({ question }, { signal: new AbortController().signal });
}

describe('the question-answering service', () => {
  it.each([
    ['When was the Lune aqueduct opened?', '1797 [1]', 'docs/en/lancaster.md'],
    ['Who designed the Lune aqueduct?', 'John Rennie [1]', 'docs/en/lancaster.md'],
    ['谁设计了伦河渡槽？', '约翰·伦尼 [1]', 'docs/zh/lancaster.md'],
    ['伦河渡槽是哪一年开通的？', '1797 年 [1]', 'docs/zh/lancaster.md'],
  ])('answers %s in few words', async (question, answer, source) => {
    const given = await ask(question);
    expect(given).toMatchObject({ answer, declined: false, release: 'r3' });
    expect(given.citations).toMatchObject([{ n: 1, source }]);
  });

  it.each([
    ['What is a release?', 'A release is an immutable bundle of a model, an index and an evaluation report.'],
    ['How do I go back to an earlier release?', 'towpath rollback'],
    ['什么是发布？', '发布是由模型、索引和评估报告组成的不可变的整体。'],
  ])('answers %s in sentences', async (question, part) => {
    expect((await ask(question)).answer).toContain(part);
  });

  it.each([
    ['How many locks does the Panama Canal have?', 'The documents do not say.'],
    ['What is the boiling point of mercury?', 'The documents do not say.'],
    ['巴拿马运河有多少座船闸？', '文档中没有说明。'],
  ])('declines %s in the language it was asked in', async (question, answer) => {
    expect(await ask(question)).toMatchObject({ answer, declined: true, citations: [] });
  });

  it('sends each sentence before it returns the answer', async () => {
    const sent: AnsweredSentence[] = [];
    const answer = await createQaService(deps).answer(
      { question: 'What is a release?' },
      { signal: new AbortController().signal, onSentence: (sentence) => sent.push(sentence) },
    );
    expect(sent.map(({ text }) => text).join(' ')).toBe(answer.answer);
  });

  it('retrieves deeper for whoever records it, and answers the same', async () => {
    const request = { question: 'What is a release?' };
    const { signal } = new AbortController();
    const seen: number[] = [];
    const onRetrieved = (found: readonly unknown[]): number => seen.push(found.length);
    const service = createQaService({ ...deps, settings: { ...defaultQaSettings, passages: 1 } });
    const plain = await service.answer(request, { signal, onRetrieved });
    const deep = await service.answer(request, { signal, onRetrieved, depth: 3 });
    expect(seen[0]).toBe(1);
    expect(seen[1]).toBeGreaterThan(1);
    expect({ ...deep, timings: {} }).toEqual({ ...plain, timings: {} });
  });

  it('times its parts', async () => {
    const { timings } = await ask('Who designed the Lune aqueduct?');
    for (const part of ['language', 'analysis', 'retrieval', 'reading', 'checking', 'total'])
      expect(timings).toHaveProperty(part);
  });

  it.each([
    ['', 'TOW_SERVE_QA_QUESTION_EMPTY'],
    [' \n\u0000\u0007 ', 'TOW_SERVE_QA_QUESTION_EMPTY'],
    ['a'.repeat(4001), 'TOW_SERVE_QA_QUESTION_LONG'],
    ['x'.repeat(1_000_000), 'TOW_SERVE_QA_QUESTION_LONG'],
  ])('refuses a question that cannot be read', async (question, code) => {
    await expect(ask(question)).rejects.toMatchObject({ code });
  });

  it('declines emoji and punctuation without searching', async () => {
    const retriever = { ...deps.retriever, search: () => Promise.reject(new Error('searched')) };
    expect(await ask('🚀🚀❓', { retriever })).toMatchObject({ declined: true });
  });

  it('says that retrieval failed, with the cause', async () => {
    const retriever = { ...deps.retriever, search: () => Promise.reject(new Error('disk on fire')) };
    const failure: unknown = await ask('Who designed the aqueduct?', { retriever }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(TowpathError);
    expect((failure as TowpathError).toRecord()).toMatchObject({
      code: 'TOW_SERVE_QA_RETRIEVAL_FAILED',
      causes: ['disk on fire'],
    });
  });

  it('finds documents in the other language through the glossary', async () => {
    const english = pages.filter(({ language }) => language === 'en');
    const more = { retriever: shelf(english), lexicon: lexiconOf(english) };
    const translator = glossaryTranslator(
      'Lune aqueduct\t伦河渡槽\ndesigned\t设计\nopened\t开通\n',
      'glossary.tsv',
    );
    expect(await ask('谁设计了伦河渡槽？', more)).toMatchObject({ declined: true });
    const given = await ask('谁设计了伦河渡槽？', { ...more, translator });
    expect(given).toMatchObject({ declined: false, language: 'zh' });
    expect(given.answer).toBe('“John Rennie” [1]');
  });

  it('stops when the request is aborted', async () => {
    const gone = AbortSignal.abort(new Error('the client left'));
    await expect(createQaService(deps).answer({ question: 'Who?' }, { signal: gone })).rejects.toThrow(
      'client left',
    );
  });
});
