import { expect, test } from 'vitest';
import { detectLanguage } from './language.ts';

test.each([
  ['Which port does the gateway use?', 'en'],
  ['网关默认监听哪个端口？', 'zh'],
  ['如何设置 serve.port 和 replicas？', 'zh'],
  ['What does 网关 mean?', 'en'],
  ['🙂🙂 123', 'und'],
  ['', 'und'],
])('%s is %s', (text, language) => expect(detectLanguage(text)).toBe(language));
