/** Text that is hard to read, by name: each makes about `size` characters. */
export const generators = new Map();

/** Whole ones only: a last one cut in two would make the half another text than the whole. */
const repeat = (unit) => (size) => unit.repeat(Math.floor(size / unit.length));
const lines = (line) => (size) => {
  const parts = [];
  for (let length = 0, at = 0; length < size; at += 1) {
    parts.push(line(at));
    length += parts.at(-1).length + 1;
  }
  return parts.join('\n');
};

const units = [
  ...Array.from('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'),
  ...['a', 'A', '1', '9', ' ', '\t', '\n', '\r\n', '\u00a0', '\u3000', '\u200d', '\u0301', '\ud83d\ude00'],
  ...['中', '是', '。', '，', '“', '（', '·', '年', '万', '不', 'ア', 'я', 'ع', 'ﬁ'],
  ...['a ', 'A ', '1 ', 'a. ', '. ', '.\n', 'a\n', ' \n', '\n\n', '中 ', '中。', '“中', '（中', 'a中', '1年'],
  ...[
    '*a_ ',
    '[a]',
    '![',
    '[a](',
    '](',
    '**a',
    '`a',
    '``` ',
    '```\n',
    '~~~\n',
    '<a>',
    '<!--',
    '</',
    '&amp;',
    '<b ',
    '\\',
  ],
  ...[
    '1. ',
    '- ',
    '> ',
    '# ',
    '+ ',
    '> - ',
    '1) ',
    '| ',
    '|-',
    '|a|\n|-|\n',
    '---\n',
    '===\n',
    '# a\n',
    '- a\n',
    '> a\n',
  ],
  ...[
    'http://',
    'www.a',
    'a@',
    'a@b.',
    '@a.b',
    '1.1.',
    'a:',
    '0:',
    '1-',
    '+1 ',
    '(1',
    '1 1',
    '1,',
    '86 1',
    'a.a',
    'a/b',
    'a_b',
  ],
  ...[
    '"x\n',
    '""\n',
    '"",',
    '","',
    "a's ",
    "n't ",
    'A a ',
    'the ',
    'of ',
    'A of ',
    'not ',
    'New-',
    'two ',
    '1 of ',
    'to ',
    '--a ',
    '`` ',
  ],
  ...[
    '{"a":',
    '[[',
    '{{',
    'a: ',
    '&a ',
    '*a ',
    '<div>',
    '<table><tr><td>',
    '<ul><li>',
    '<b>',
    '<p>',
    '<a><table>',
    '<font>',
  ],
  ...[
    '[^a]',
    '[^a]: ',
    '[a]: b\n',
    '~a',
    '~~a~ ',
    '**a** ',
    '* * ',
    '_ _',
    '- [ ] ',
    '中a1 ',
    '是什么',
    'what is ',
    'if a, ',
  ],
];
for (const unit of units) generators.set(`repeat ${JSON.stringify(unit)}`, repeat(unit));

/** Nested ever deeper: the text's length grows with the square of the depth. */
const deeper = (mark) => (size) => {
  const depth = Math.floor(Math.sqrt((2 * size) / 3));
  return Array.from({ length: depth }, (_, at) => `${'  '.repeat(at)}${mark}`).join('\n');
};
generators.set('nested list', deeper('- a'));
generators.set('nested numbered list', (size) => deeper('1. a')(size).replaceAll('  ', '   '));
generators.set('quotes ever deeper', (size) => {
  const depth = Math.floor(Math.sqrt(size));
  return Array.from({ length: depth }, (_, at) => `${'> '.repeat(at + 1)}a`).join('\n');
});
generators.set(
  'headings',
  lines((at) => `${'#'.repeat((at % 6) + 1)} a${at}`),
);
generators.set(
  'headings ever deeper, long',
  lines((at) => `${'#'.repeat(Math.min(6, at + 1))} ${'b'.repeat(180)}`),
);
generators.set('front matter never closed', (size) => `---\n${repeat('a: b\n')(size)}`);
generators.set('front matter of dashes', (size) => `---\n${repeat('-- \n')(size)}`);
generators.set(
  'front matter of aliases',
  (size) =>
    `---\na0: &a0 [x]\n${lines((at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}*a${at}]`)(size)}\n---\nb`,
);
generators.set('front matter, deep', (size) => `---\na: ${'['.repeat(size)}\n---\nb`);
generators.set(
  'front matter, many anchors',
  (size) => `---\n${lines((at) => `a${at}: &x${at} *x${at - 1}`)(size)}\n---\nb`,
);
generators.set('front matter, many keys', (size) => `---\n${lines((at) => `k${at}: v`)(size)}\n---\nb`);
generators.set('wide table', (size) => {
  const columns = Math.ceil(size / 6);
  return `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|b'.repeat(columns)}|`;
});
generators.set('long table', (size) => `|a|b|\n|-|-|\n${repeat('|c|d|\n')(size)}`);
generators.set('wide header, empty rows', (size) => {
  const columns = Math.ceil(size / 8);
  return `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|\n'.repeat(columns)}`;
});
generators.set(
  'link definitions and uses',
  lines((at) => `[a${at}]: b\n[a${at}]`),
);
generators.set(
  'opened quotations, one line each',
  lines(() => '"a'),
);
generators.set(
  'quoted and unquoted lines',
  lines((at) => (at === 0 ? '"x' : '""')),
);
generators.set(
  'words and spaces',
  lines(() => 'ab cd ef. Gh ij kl, mn 12.'),
);
generators.set('one long sentence', repeat('ab cd ef gh ij kl '));
generators.set('one long Chinese line', repeat('运河船只沿着纤道行驶闸门'));
generators.set('Chinese sentences', repeat('运河船只沿着纤道行驶。'));
generators.set('different words', (size) =>
  lines((at) => `w${(at * 7919).toString(36)} `)(size).replaceAll('\n', ''),
);
generators.set('different capitalised words', (size) =>
  lines((at) => `W${(at * 7919).toString(36)} `)(size).replaceAll('\n', ''),
);
generators.set('spaces, then a letter', (size) => `${' '.repeat(size)}a`);
generators.set('a letter, spaces, a letter', (size) => `a${' '.repeat(size)}a`);
generators.set('heading of spaces', (size) => `# a${' '.repeat(size)}a`);
generators.set('heading of marks', (size) => `# a${' #'.repeat(size / 2)} a`);
generators.set('punctuation of every kind', repeat('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'));
generators.set('emphasis of every kind', repeat('*a _b **c __d ~e ~~f `g '));
generators.set('backtick runs of every length', (size) => {
  const depth = Math.floor(Math.sqrt(2 * size));
  return Array.from({ length: depth }, (_, at) => '`'.repeat(at + 1)).join(' ');
});
generators.set('JSON, deep', (size) => `{"text":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}`);
generators.set('JSON, a long string', (size) => JSON.stringify({ text: 'a'.repeat(size) }));
generators.set(
  'JSON, many keys',
  (size) => `{${lines((at) => `"k${at}":1,`)(size).replaceAll('\n', '')}"text":"a"}`,
);
generators.set('columns', (size) => `text${',a'.repeat(size / 4)}\n${'b,'.repeat(size / 4)}c`);
generators.set(
  'page, nested',
  (size) => `<html><body>${'<div>'.repeat(size / 11)}a${'</div>'.repeat(size / 11)}`,
);
generators.set('page, nested lists', (size) => '<ul><li>a'.repeat(size / 9));
generators.set('page, nested quotes', (size) => '<blockquote>a\n'.repeat(size / 14));
generators.set('page, attributes', (size) => `<p ${lines((at) => `a${at}="b"`)(size)}>a</p>`);
generators.set(
  'page, wide row',
  (size) => `<table><tr>${'<td>a'.repeat(size / 10)}</tr>${'<tr><td>b</tr>'.repeat(size / 28)}</table>`,
);
generators.set('page, badly nested formatting', repeat('<b><i></b>'));
