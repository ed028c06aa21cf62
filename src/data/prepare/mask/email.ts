import { matches, type Found } from './kinds.ts';

const pattern =
  /(?<![\w.%+-])[A-Za-z0-9](?:[\w.%+'-]{0,62}[\w+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59})(?![\w-])/g;

/** Endings of file names such as `icon@2x.png` and `vue@next.js`, none of them a top-level domain. */
const fileEnding =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|js|mjs|cjs|jsx|tsx|css|scss|json|ya?ml|toml|html?|txt|lock)$/i;

/** E-mail addresses; not `git@host:path`, which is how repositories are reached, nor file and package names. */
export function findEmails(text: string): Found[] {
  if (!text.includes('@')) return [];
  return matches(text, pattern, 'email', (match, at) => {
    if (match.includes('..') || fileEnding.test(match)) return false;
    const isRemote = /^git@/i.test(match) && /^[:/]/.test(text.slice(at + match.length));
    return !isRemote;
  });
}
