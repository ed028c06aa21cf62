import { describe, expect, it } from 'vitest';
import type { Answer } from '../../contract/answer.ts';
import { lexiconOf } from '../lexicon.ts';
import { createQaService } from '../service.ts';
import { defaultQaSettings } from '../settings.ts';
import { manual } from '../testing/manual.ts';
import { shelf } from '../testing/shelf.ts';

async function ask(question: string): Promise<Answer> {
  const service = createQaService({
    retriever: shelf(manual),
    lexicon: lexiconOf(manual),
    settings: defaultQaSettings,
    release: 'r1',
  });
  return await service.answer({ question }, { signal: new AbortController().signal });
}

describe('answers from a manual', () => {
  it.each([
    ["What's the oldest Node version that works?", '20.19 [1]'],
    ['Which port does the server listen on by default?', '8123 [1]'],
    ['How many entries does the cache keep by default?', '64 [1]'],
    ['Which command checks what the machine lacks?', 'kestrel doctor [1]'],
    ['How large are the pieces in which mail is moved?', '8 MiB [1]'],
    ['可用的最低 Node 版本是多少？', '20.19 [1]'],
    ['服务器默认监听哪个端口？', '8123 端口'],
  ])('gives %s the very value, whole', async (question, answer) => {
    expect((await ask(question)).answer).toContain(answer);
  });

  it.each([
    ['Does Kestrel keep a copy of the mail?', 'No: Kestrel keeps no copy of the mail that it moves. [1]'],
    ['Are graphics cards used?', 'No: Graphics cards are not used, even if there is one. [1]'],
    ['Kestrel 会保存邮件的副本吗？', '不会，Kestrel 不保存所转移邮件的副本。 [1]'],
    ['会使用显卡吗？', '不会，本版本不使用显卡，即使机器上有也不用。 [1]'],
  ])('says no to %s where a sentence says so', async (question, answer) => {
    expect((await ask(question)).answer).toBe(answer);
  });

  it.each(['Does Kestrel support HTTPS?', '数据会上传吗？', 'Is the server never full?'])(
    'does not say yes or no to %s, which nothing speaks of',
    async (question) => {
      expect((await ask(question)).answer).not.toMatch(/^(?:Yes|No)\b|^(?:不会|否|会，)/);
    },
  );

  it('does not say yes or no where the sentence leaves it to the reader', async () => {
    expect((await ask('Does the sender try again when the inbox is full?')).answer).not.toMatch(
      /^(?:Yes|No)\b/,
    );
    expect((await ask('Are graphics cards ignored?')).answer).not.toMatch(/^(?:Yes|No)\b/);
  });

  it.each([
    ['How do I start the mirror?', 'In a fresh clone, start the mirror: `npm ci && npm run mirror` [1]'],
    ['怎样启动镜像？', '在刚克隆的仓库里启动镜像： `npm ci && npm run mirror` [1]'],
    ['怎么清空缓存？', '要清空缓存，请执行 `kestrel purge`。 [1]'],
  ])('answers %s with what to type', async (question, answer) => {
    expect((await ask(question)).answer).toBe(answer);
  });

  it.each([
    ['What happens when the inbox is full?', 'answers with status 452'],
    ['收件箱满了会怎样？', '返回状态码 452'],
    ['Why is mail moved in pieces?', 'Because mail may be large'],
    ['为什么要分块转移邮件？', '因为邮件可能很大'],
    ['Where are failed mails listed?', 'spool/failed.jsonl'],
    ['Which setting changes the port of the server?', '`server.port`'],
  ])('answers %s with the sentence that tells', async (question, part) => {
    expect((await ask(question)).answer).toContain(part);
  });

  it('gives the whole list to who asks for several', async () => {
    const { answer } = await ask('Which problems is a mailbox checked for?');
    expect(answer).toContain('these problems: a missing owner; a broken index; mail without a date.');
  });

  it('reads a row of a table out by its columns', async () => {
    const { answer } = await ask('What does exit code 7 mean?');
    expect(answer).toBe('7: meaning the mailbox is locked; what to do wait for the other process [1]');
  });

  it.each([
    'What does the mirror show?',
    'How do I use the mirror?',
    '镜像监听哪个端口？',
    'Which port is the mirror up at?',
  ])('never quotes a transcript or output at %s', async (question) => {
    expect((await ask(question)).answer).not.toMatch(/●|9999|watching 12|✓/);
  });

  it.each([
    'Which port does Grafana listen on?',
    'How do I invite a colleague?',
    'Is there a mobile app?',
    'Grafana 默认用哪个端口？',
    '有没有安卓客户端？',
  ])('declines %s, which the manual does not answer', async (question) => {
    expect((await ask(question)).declined).toBe(true);
  });
});
