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
    ['What happens when a gate fails?', 'other'],
    ['What happens to a row whose quotes are broken?', 'other'],
    ['I am on a laptop. How can I run it?', 'how-to'],
    ['谁设计了渡槽？', 'person'],
    ['渡槽是哪一年开通的？', 'date'],
    ['有多少座船闸？', 'number'],
    ['运行需要多长时间？', 'duration'],
    ['运河在哪里结束？', 'place'],
    ['为什么拒绝检查点？', 'reason'],
    ['什么是发布？', 'definition'],
    ['怎样回滚？', 'how-to'],
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
});
