import type { ErrorCode } from 'yaml';
import { say, type Message, type Text } from '../core/messages/message.ts';
import { recognise } from '../core/messages/recognise.ts';

const messages: Partial<Record<ErrorCode, Message>> = {
  DUPLICATE_KEY: say('yaml.duplicate-key'),
  TAB_AS_INDENT: say('yaml.tab'),
  MULTIPLE_DOCS: say('yaml.documents'),
  NON_STRING_KEY: say('yaml.text-key'),
  RESOURCE_EXHAUSTION: say('yaml.deep'),
  TAG_RESOLVE_FAILED: say('yaml.tags'),
  KEY_OVER_1024_CHARS: say('yaml.long-key'),
  MULTILINE_IMPLICIT_KEY: say('yaml.lines-key'),
};

/** The YAML library's message in our words where a better one is known, otherwise its own, uncapitalised. */
export function plainMessage(code: ErrorCode, message: string): Text {
  const own = message.replace(/\s+/g, ' ').slice(0, 200);
  const plain = own.charAt(0).toLowerCase() + own.slice(1);
  return messages[code] ?? recognise('yaml', plain) ?? plain;
}
