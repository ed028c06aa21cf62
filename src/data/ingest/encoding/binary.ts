import { say, type Message } from '../../../core/messages/message.ts';

/** First bytes of files that people mistake for text, or that sit beside it; a format's own are in its row. */
const signatures: readonly (readonly [Message, readonly number[]])[] = [
  [say('reject.pdf'), [0x25, 0x50, 0x44, 0x46, 0x2d]],
  [say('reject.zip'), [0x50, 0x4b, 0x03, 0x04]],
  [say('reject.old-office'), [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  [say('reject.gzip'), [0x1f, 0x8b, 0x08]],
  [say('reject.zstandard'), [0x28, 0xb5, 0x2f, 0xfd]],
  [say('reject.xz'), [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  [say('reject.7-zip'), [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  [say('reject.rar'), [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  [say('reject.png'), [0x89, 0x50, 0x4e, 0x47]],
  [say('reject.jpeg'), [0xff, 0xd8, 0xff]],
  [say('reject.gif'), [0x47, 0x49, 0x46, 0x38]],
  [say('reject.program'), [0x7f, 0x45, 0x4c, 0x46]],
  [say('reject.sqlite'), [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  [say('reject.gguf'), [0x47, 0x47, 0x55, 0x46]],
];

/** What kind of binary file the bytes begin, by signature; undefined when none is known. */
export function binaryKind(bytes: Uint8Array): Message | undefined {
  return signatures.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0];
}

/** Share of characters that are control codes other than white space and escape. */
export function controlShare(text: string): number {
  if (text.length === 0) return 0;
  return (text.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0) / text.length;
}
