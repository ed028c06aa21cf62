import { expect, test } from 'vitest';
import { documentLanguage } from './language.ts';

test.each([
  ['The lock opens when the levels agree, and the boat goes on.', { language: 'en' }],
  ['npm install towpath --save-exact', { language: 'en' }],
  [
    '# Commands\n\n- `towpath run`: runs the flow\n- `towpath status`: shows the live release',
    { language: 'en' },
  ],
  ['水位一致时，闸门就会打开。Use the GPU.', { language: 'zh' }],
  // More words of commands than characters of Chinese, and still Chinese.
  [
    'rpm 查询软件包：rpm -q rpm -qa rpm -qf rpm -ql rpm -i rpm -U rpm -F rpm -e rpm -V 这些选项可以同时使用',
    { language: 'zh' },
  ],
  [
    'Le bateau avance lentement le long du canal, et les écluses s’ouvrent ensuite.',
    { language: 'und', other: 'fr' },
  ],
  [
    'Das Boot fährt langsam den Kanal entlang, und die Schleusen öffnen sich danach.',
    { language: 'und', other: 'de' },
  ],
  [
    'El barco avanza lentamente por el canal y las esclusas se abren después.',
    { language: 'und', other: 'es' },
  ],
  [
    'すべての人間は、生まれながらにして自由であり、尊厳と権利とについて平等である。',
    { language: 'und', other: 'ja' },
  ],
  ['모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.', { language: 'und', other: 'ko' }],
  ['Лодка медленно идёт вдоль канала, и шлюзы открываются.', { language: 'und', other: 'ru' }],
  ['12345 67890 --- !!!', { language: 'und' }],
])('%s', (text, expected) => {
  expect(documentLanguage(text)).toEqual(expected);
});
