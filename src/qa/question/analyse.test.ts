import { describe, expect, it } from 'vitest';
import { lexiconOf } from '../lexicon.ts';
import { analyse } from './analyse.ts';

const lexicon = lexiconOf([{ heading: 'Gateway', text: 'The gateway listens on a port. 网关监听端口。' }]);

describe('reading a question', () => {
  it.each([
    ['Who designed the aqueduct?', 'person'],
    ['In what year did it open?', 'date'],
    ['When was it dug?', 'date'],
    ['How many locks are there?', 'number'],
    ['How long does a run take?', 'duration'],
    ['Where does the canal end?', 'place'],
    ['Why is a checkpoint refused?', 'reason'],
    ['What is a release?', 'definition'],
    ['How do I roll back?', 'how-to'],
    ['Is a GPU needed?', 'yes-no'],
    ['Which command starts everything?', 'identifier'],
    ['What is the default of serve.port?', 'value'],
    ['What happens when a gate fails?', 'consequence'],
    ['If a gate fails, what happens to the release?', 'consequence'],
    ["What's the oldest Node version that works?", 'value'],
    ['What does exit code 4 mean?', 'definition'],
    ['In a suite, how do I mark a question?', 'how-to'],
    ['What happens to a row whose quotes are broken?', 'consequence'],
    ['I am on a laptop. How can I run it?', 'how-to'],
    ['谁设计了渡槽？', 'person'],
    ['渡槽是哪一年开通的？', 'date'],
    ['有多少座船闸？', 'number'],
    ['运行需要多长时间？', 'duration'],
    ['运河在哪里结束？', 'place'],
    ['为什么拒绝检查点？', 'reason'],
    ['什么是发布？', 'definition'],
    ['怎样回滚？', 'how-to'],
    ['队列满了会怎样？', 'consequence'],
    ['空格算不算？', 'yes-no'],
    ['默认会重启吗？', 'yes-no'],
    ['需要显卡吗？', 'yes-no'],
    ['用哪个命令启动？', 'identifier'],
    ['默认端口是多少？', 'value'],
  ])('%s asks for %s', (text, kind) => {
    expect(analyse(text, /\p{Script=Han}/u.test(text) ? 'zh' : 'en', lexicon).kind).toBe(kind);
  });

  it('weighs names and rare words above what every passage has', () => {
    const { keywords } = analyse('Does the gateway support Kerberos?', 'en', lexicon);
    const weight = (word: string): number => keywords.find(({ text }) => text === word)?.weight ?? 0;
    expect(weight('kerberos')).toBeGreaterThan(weight('gateway'));
    expect(keywords.map(({ text }) => text)).not.toContain('the');
  });

  it('knows where Chinese asks', () => {
    const text = '渡槽是哪一年开通的？';
    const { gap } = analyse(text, 'zh', lexicon);
    expect(text.slice(gap.start, gap.end)).toBe('哪一年');
  });

  it.each([
    ['Which command starts everything?', 'command'],
    ['Which flag turns colours off?', 'flag'],
    ['Which setting raises the limit?', 'setting'],
    ['Where is the database kept?', 'path'],
    ['哪条命令启动服务？', 'command'],
    ['设哪个环境变量？', 'setting'],
    ['日志放在哪个目录？', 'path'],
  ])('%s asks for a %s', (text, sort) => {
    expect(analyse(text, /\p{Script=Han}/u.test(text) ? 'zh' : 'en', lexicon).sort).toBe(sort);
  });

  it('joins words that the documents write as one, and knows common synonyms that they use', () => {
    const manual = lexiconOf([{ heading: '', text: 'Install it, then rollback and rerun. 删除目录。' }]);
    const ways = (text: string, language: 'en' | 'zh'): string[] =>
      analyse(text, language, manual).keywords.flatMap(({ stem, also }) => [stem, ...also]);
    expect(ways('How do I roll back?', 'en')).toContain('rollback');
    expect(ways('How do I re-run it?', 'en')).toContain('rerun');
    expect(ways('How do I set up the program?', 'en')).toContain('install');
    expect(ways('怎么移除文件夹？', 'zh')).toEqual(expect.arrayContaining(['删除', '目录']));
  });

  it.each([
    ['Which keys are required?', true],
    ['Which key is required?', false],
    ['有哪些退出码？', true],
  ])('%s asks for several: %s', (text, several) => {
    expect(analyse(text, /\p{Script=Han}/u.test(text) ? 'zh' : 'en', lexicon).plural).toBe(several);
  });
});
