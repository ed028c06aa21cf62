import { say } from '../../../dist/core/messages/message.js';
import { RejectError } from '../../../dist/data/formats/reject-error.js';
import { nameTitle } from '../../../dist/data/formats/title.js';
import { wholeText } from '../../../dist/data/formats/whole-text.js';

const time = /^\d{2,}:\d{2}:\d{2},\d{3} --> \d{2,}:\d{2}:\d{2},\d{3}/;

/**
 * @typedef {import('../../../src/data/formats/format.ts').DocumentHead} DocumentHead
 * @type {import('../../../src/data/formats/format.ts').FormatReader<DocumentHead>}
 */
export const reader = {
  async read(file, { settings }, sink) {
    const { shown, refused } = blocksOf(wholeText(await file.whole(), settings.encoding));
    for (const reason of refused) sink.reject(reason);
    if (shown.length > 0) sink.document({ title: nameTitle(file.path), text: shown.join('\n\n') });
  },
  async look(file, encoding) {
    const bytes = (await file.next()) ?? Buffer.alloc(0);
    const { shown } = blocksOf(wholeText(bytes, encoding, bytes.length === file.bytes));
    return { text: shown.join('\n\n'), more: bytes.length < file.bytes };
  },
};

/** What is shown, without its times and its marks, and why parts are left out. Of nothing at all the file is refused. */
function blocksOf(text) {
  if (typeof text !== 'string') throw new RejectError(text);
  const shown = [];
  const refused = [];
  let line = 1;
  for (const block of text.split(/(?<=\n)[ \t]*\r?\n/)) {
    const [number = '', times = '', ...words] = block.split(/\r?\n/);
    const said = words.map((each) => each.replaceAll(/<[^<>]*>/g, '').trim()).filter((each) => each !== '');
    if (!/^\d+$/.test(number) || !time.test(times)) refused.push({ ...noTimes, line });
    else if (said.length > 0) shown.push(said.join('\n'));
    line += block.split('\n').length;
  }
  const [first] = refused;
  if (shown.length > 0) return { shown, refused };
  throw new RejectError(first ?? { code: 'TOW_DATA_NO_TEXT', reason: say('reject.no-text') });
}

const noTimes = {
  code: 'TOW_DATA_READER_FAILED',
  reason: say('said.verbatim', { words: 'a number and its times stand before each text' }),
};
