/** Encoders for tests, made by reading every byte pair with the platform's decoder and turning the table around. */
const tables = new Map<string, Map<string, readonly number[]>>();

export function encode(
  text: string,
  encoding: 'gb18030' | 'big5' | 'euc-kr' | 'shift_jis' | 'euc-jp',
): Buffer {
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const mapped = code < 0x80 ? [code] : table.get(character);
    if (mapped !== undefined) bytes.push(...mapped);
    else throw new Error(`${encoding} lacks ${character}`);
  }
  return Buffer.from(bytes);
}

export function utf16(text: string, order: 'le' | 'be', mark = true): Buffer {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

function tableOf(encoding: string): Map<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x30; trail <= 0xfe; trail += 1) {
      try {
        const text = decoder.decode(Uint8Array.of(lead, trail));
        if (Array.from(text).length === 1 && !table.has(text)) table.set(text, [lead, trail]);
      } catch {
        continue;
      }
    }
  }
  tables.set(encoding, table);
  return table;
}
