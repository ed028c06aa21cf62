import { expect, test } from 'vitest';
import { maskKinds } from './kinds.ts';
import { createMasker } from './mask.ts';

const mask = createMasker({ mask: maskKinds, keep: [] });

test.each([
  ['联系zhang.wei+x@qq.com或张三', '联系[EMAIL]或张三'],
  ['mail to <a.b@mail.example.co.uk>.', 'mail to <[EMAIL]>.'],
  ['手机13812345678，座机010-62345678', '手机[PHONE]，座机[PHONE]'],
  ['+86 138-1234-5678 and (021)62345678', '[PHONE] and [PHONE]'],
  ['call +1-415-555-2671 or (415) 555-2671 x12', 'call [PHONE] or [PHONE]'],
  ['London: +44 20 7946 0958; Paris: +33612345678', 'London: [PHONE]; Paris: [PHONE]'],
  ['(+1-548-357-4698), +1-745-522-7276x22462', '([PHONE]), [PHONE]'],
  ['身份证11010519491231002X。', '身份证[ID]。'],
  ['代码 91350100M000100Y43', '代码 [ID]'],
  ['card 4111 1111 1111 1111, amex 378282246310005', 'card [CARD], amex [CARD]'],
  ['IBAN GB82 WEST 1234 5698 7654 32 and DE89370400440532013000', 'IBAN [CARD] and [CARD]'],
  ['from 114.114.114.114 and 2400:3200::1', 'from [IP] and [IP]'],
  ['ping 8.8.8.8', 'ping [IP]'],
  ['see http://8.8.8.8/x', 'see http://[IP]/x'],
  [
    '拨打１３８００１３８０００或发到ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ，ＯＫ',
    '拨打[PHONE]或发到[EMAIL]，ＯＫ',
  ],
  ['身份证号１１０１０５１９４９１２３１００２Ｘ。', '身份证号[ID]。'],
  ['http://123.45.67.89/a/13812345678?mail=x@y.org', 'http://[IP]/a/13812345678?mail=[EMAIL]'],
])('%s', (before, after) => {
  expect(mask(before).text).toBe(after);
});

test.each([
  ['years and ranges', 'From 1998 to 2024-2025, on 2024-05-06 at 12:30:45'],
  [
    'versions',
    'version 10.0.19.41, v1.2.3.4, Chrome/120.0.99.12, 1.2.3.4 Heading, 2013-01-09 (3.7.15.1), OpenSSL 3.0.2.1, C11 7.21.6.2/10\n5.6.12.1. Epochs',
  ],
  ['ports and times', '127.0.0.1:7411, 1700000000, 1700000000000'],
  ['hashes', 'b179c952138123456789abcdef and 5d41402abc4b2a76b9719d911017c592'],
  ['private and documentation addresses', '192.168.1.20 10.1.2.3 203.0.113.9 2001:db8::1 ::1 fe80::1'],
  [
    'numbers with a wrong check digit',
    '110105194912310021 4111111111111112 GB82WEST12345698765433 91350100M000100Y44',
  ],
  ['decimals', '0.13812345678 and 3.1415926535897932'],
  ['repositories, packages and files', 'git@github.com:owner/name.git, react@18.2.0, icon@2x.png'],
  ['hotlines', 'Service: 400-820-8820'],
  ['C++ scopes and MAC addresses', 'std::vector aa:bb:cc:dd:ee:ff'],
])('%s stay as they are', (_, text) => {
  expect(mask(text).text).toBe(text);
});

test('values to keep stay, in any case, and shelter no longer value', () => {
  const keep = createMasker({ mask: maskKinds, keep: ['support@firm.cn'] });
  expect(keep('Support@Firm.cn, xsupport@firm.cn, b@firm.cn').text).toBe('Support@Firm.cn, [EMAIL], [EMAIL]');
});

test('only the kinds asked for are masked, and they are counted', () => {
  const result = createMasker({ mask: ['email'], keep: [] })('a@b.cn 13812345678 c@d.cn');
  expect(result).toMatchObject({ text: '[EMAIL] 13812345678 [EMAIL]', counts: { email: 2, phone: 0 } });
});
