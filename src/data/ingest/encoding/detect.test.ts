import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { encode, utf16 } from '../../testing/encode.ts';
import { decode, detectEncoding } from './detect.ts';

const chinese =
  '发布是一个不可变的集合，包含模型、索引和评估报告。没有通过门槛的发布不能接收流量，我们会说明原因。';
const korean =
  '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았다.';
const japanese = 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。';
const traditional =
  '發佈是一個不可變的集合，包含模型、索引和評估報告。沒有通過門檻的發佈不能接收流量，我們會說明原因。';

const detect = (bytes: Uint8Array) => detectEncoding(bytes, true, 'auto');

describe('automatic detection', () => {
  test.each([
    ['utf-8', Buffer.from(chinese)],
    ['utf-8', Buffer.from(`\ufeff${chinese}`)],
    ['utf-8', Buffer.from('plain ASCII')],
    ['utf-8', Buffer.from('Le café est fermé, naïvement')],
    ['utf-8', Buffer.from('да')],
    ['utf-8', Buffer.from('5 °C ± 1 §3 «a»')],
    ['utf-16le', utf16(chinese, 'le')],
    ['utf-16be', utf16(chinese, 'be')],
    ['utf-16le', utf16(chinese, 'le', false)],
    ['utf-16be', utf16(chinese, 'be', false)],
    ['utf-16le', utf16('An English text without a mark.\n', 'le', false)],
    ['utf-16be', utf16('An English text without a mark.\n', 'be', false)],
    ['gb18030', encode(chinese, 'gb18030')],
    ['gb18030', encode(traditional, 'gb18030')],
    ['gb18030', encode(`A long English preface about releases and gates. ${chinese}`, 'gb18030')],
  ])('recognises %s (%#)', (encoding, bytes) => {
    expect(detect(bytes)).toMatchObject({ encoding });
  });

  test.each([
    ['Big5', encode(traditional, 'big5')],
    ['EUC-KR', encode(korean, 'euc-kr')],
    ['EUC-JP', encode(japanese, 'euc-jp')],
    ['Shift_JIS', encode(japanese, 'shift_jis')],
    ['Latin-1', Buffer.from('Le café est fermé, été comme hiver; où êtes-vous? Ça va très bien.', 'latin1')],
    ['four Chinese characters in GB18030', encode('门槛规则', 'gb18030')],
    ['a pair that is valid UTF-8 too', Buffer.from([0xd4, 0xb1, 0xce, 0xb1])],
  ])('refuses %s instead of garbling it', (_, bytes) => {
    expect(detect(bytes)).toMatchObject({ code: 'TOW_DATA_ENCODING_UNKNOWN' });
  });

  test('takes UTF-8 with one bad byte for UTF-8, so that the line can be named', () => {
    expect(
      detect(Buffer.concat([Buffer.from(chinese), Buffer.of(0xff), Buffer.from(chinese)])),
    ).toMatchObject({
      encoding: 'utf-8',
    });
  });

  test.each([
    ['PNG', Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a)],
    ['PDF', Buffer.from('%PDF-1.7\n1 0 obj')],
    ['zero bytes', Buffer.from('abc\0\0def\0')],
    ['control codes', Buffer.from('\x01\x02\x03\x04abcd')],
  ])('calls %s binary', (_, bytes) => {
    expect(detect(bytes)).toMatchObject({ code: 'TOW_DATA_FILE_BINARY' });
  });

  test('forgives a character cut at the end of a sample only', () => {
    const cut = Buffer.from(chinese).subarray(0, 100);
    expect(detectEncoding(cut, false, 'auto')).toMatchObject({ encoding: 'utf-8' });
  });

  test('any text in UTF-8 is either read as UTF-8 or refused, never read as something else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (text) => {
        const found = detect(Buffer.from(text));
        if ('encoding' in found && found.skip === 0) expect(found.encoding).toMatch(/^utf-8$|^utf-16/);
      }),
    );
  });
});

describe('a declared encoding', () => {
  test('is believed unless a byte order mark contradicts it', () => {
    expect(detectEncoding(encode('门槛规则', 'gb18030'), true, 'gb18030')).toEqual({
      encoding: 'gb18030',
      skip: 0,
    });
    expect(detectEncoding(utf16(chinese, 'be'), true, 'utf-16le')).toMatchObject({
      code: 'TOW_DATA_ENCODING_CONTRADICTED',
    });
    expect(detectEncoding(Buffer.from(`\ufeff${chinese}`), true, 'utf-8')).toEqual({
      encoding: 'utf-8',
      skip: 3,
    });
  });

  test('decodes GB18030 with four-byte characters', () => {
    expect(decode(Buffer.of(0x81, 0x39, 0xee, 0x39), 'gb18030')).toBe('㐀');
  });
});
