/**
 * The lines of a stream without their ends; what stands after the last end is none. Of a line of more than `most` bytes the
 * beginning is given, and nothing after it.
 */
export async function* boundedLines(blocks: AsyncIterable<Buffer>, most: number): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let length = 0;
  for await (const block of blocks) {
    let from = 0;
    for (let end = block.indexOf(0x0a); end >= 0; end = block.indexOf(0x0a, from)) {
      pending.push(block.subarray(from, end));
      yield Buffer.concat(pending).toString('utf8');
      pending = [];
      length = 0;
      from = end + 1;
    }
    if (from === block.length) continue;
    pending.push(block.subarray(from));
    length += block.length - from;
    if (length > most) {
      yield Buffer.concat(pending).toString('utf8');
      return;
    }
  }
}
