import type { ErrorCode } from 'yaml';

const messages: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'this key stands here a second time',
  TAB_AS_INDENT: 'a tab is used to indent: use spaces',
  MULTIPLE_DOCS: 'a second YAML document begins here: a project file holds one',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAG_RESOLVE_FAILED: 'tags such as !this are not used in a project file',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line; is a colon or an indent missing?',
};

/** The YAML library's message in our words where a better one is known, otherwise its own, uncapitalised. */
export function plainMessage(code: ErrorCode, message: string): string {
  const own = message.replace(/\s+/g, ' ').slice(0, 200);
  return messages[code] ?? own.charAt(0).toLowerCase() + own.slice(1);
}
