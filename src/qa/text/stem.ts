/**
 * A light English stemmer: plurals and the endings of verbs and adverbs. It is cruder than Porter's on purpose: two
 * words that it joins wrongly cost one overlap, and the reader also compares long common prefixes.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+(?:'s|’s)?$/.test(word)) return irregular.get(word) ?? word;
  const bare = word.replace(/['’]s$/, '');
  const known = irregular.get(bare);
  if (known !== undefined) return known;
  return undouble(withoutEnding(bare));
}

function withoutEnding(word: string): string {
  for (const [ending, replacement, least] of endings) {
    if (!word.endsWith(ending)) continue;
    const root = word.slice(0, -ending.length);
    // Without a vowel it is an abbreviation: `pdfs` has a plural, `string` no verb in it.
    if (root.length < least || (ending !== 's' && !/[aeiouy]/.test(root))) continue;
    return root + replacement;
  }
  return word;
}

/** `stopped` has lost `ed`: `stopp` to `stop`; a final `e` goes, so that `use`, `used` and `using` meet. */
function undouble(root: string): string {
  if (/([bdfgmnprt])\1$/.test(root)) return root.slice(0, -1);
  return root.length > 3 && root.endsWith('e') ? root.slice(0, -1) : root;
}

const endings: readonly (readonly [string, string, number])[] = [
  ['sses', 'ss', 2],
  ['ies', 'y', 2],
  ['ied', 'y', 2],
  ['ously', 'ous', 3],
  ['ingly', '', 4],
  ['edly', '', 4],
  ['ss', 'ss', 0],
  ['us', 'us', 2],
  ['is', 'is', 2],
  ['xes', 'x', 2],
  ['ches', 'ch', 2],
  ['shes', 'sh', 2],
  ['s', '', 3],
  ['ing', '', 3],
  ['ed', '', 3],
  ['ly', '', 4],
];

const irregular = new Map(
  Object.entries({
    two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', ten: '10', twelve: '12',
    began: 'begin', begun: 'begin', became: 'becom', become: 'becom', born: 'birth', bought: 'buy',
    built: 'build', came: 'com', chose: 'choos', chosen: 'choos', died: 'die', dying: 'die', death: 'die',
    did: 'do', done: 'do', does: 'do', fell: 'fall', felt: 'feel', fought: 'fight', found: 'find', gave: 'giv',
    given: 'giv', went: 'go', gone: 'go', goes: 'go', grew: 'grow', grown: 'grow', had: 'hav', has: 'hav',
    held: 'hold', kept: 'keep', knew: 'know', known: 'know', led: 'lead', left: 'leav', lost: 'los', made: 'mak',
    meant: 'mean', met: 'meet', men: 'man', paid: 'pay', ran: 'run', said: 'say', saw: 'see', seen: 'see',
    sent: 'send', sold: 'sell', spent: 'spend', stood: 'stand', taken: 'tak', took: 'tak', taught: 'teach',
    thought: 'think', told: 'tell', wars: 'war', won: 'win', women: 'woman', wrote: 'writ', written: 'writ',
    https: 'https', children: 'child', people: 'peopl', lives: 'lif', life: 'lif', rose: 'ris', drew: 'draw', drawn: 'draw',
    set: 'set', setting: 'setting', settings: 'setting', speech: 'speak', spoke: 'speak', spoken: 'speak',
  }),
); // prettier-ignore
