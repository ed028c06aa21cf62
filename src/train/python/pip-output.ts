import { basename } from 'node:path';
import { say, type Message } from '../../core/messages/message.ts';
import type { Progress } from '../../contract/progress.ts';

/** Multiples that pip counts in. */
const units: Readonly<Record<string, number>> = { bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/** Understands what pip prints while it installs. Every figure is pip's own or counted on the disk. */
export class PipOutput {
  readonly #listed: number;
  #package = 0;
  #name = '';
  #download: { readonly file: string; readonly total: number } | undefined;
  /** Packages that are being unpacked: everything is there by then. */
  #unpacking = 0;

  /** @param listed packages that the list names; what they need besides is not known beforehand */
  constructor(listed: number) {
    this.#listed = listed;
  }

  get unpacking(): boolean {
    return this.#unpacking > 0;
  }

  /** @returns how far it is, when the line says something about that */
  read(line: string): Progress | undefined {
    const [, how, what] = /^(Collecting|Processing) (\S+)/.exec(line) ?? [];
    if (what !== undefined) {
      this.#package += 1;
      // A wheel on the disk is named by its file: `torch-2.13.0-cp311-…`.
      this.#name = how === 'Collecting' ? what : basename(what).split('-', 2).join(' ');
      this.#download = undefined;
      return {
        done: this.#package - 1,
        total: Math.max(this.#listed, this.#package),
        unit: 'files',
        note: this.#note(),
      };
    }
    const download = /^\s*Downloading (\S+) \(([\d.]+) (bytes|kB|MB|GB)\)/.exec(line);
    if (download) {
      const [, file = '', size = '', unit = ''] = download;
      this.#download = { file, total: Math.round(Number(size) * (units[unit] ?? 1)) };
      return this.downloaded(0);
    }
    const raw = /^Progress (\d+) of (\d+)$/.exec(line);
    if (raw) return this.#bytes(Number(raw[1]), Number(raw[2]));
    const unpacking = /^Installing collected packages: (.+)$/.exec(line)?.[1];
    if (unpacking === undefined) return undefined;
    this.#unpacking = unpacking.split(', ').length;
    return this.unpacked(0);
  }

  /** @param bytes of the file that pip said it downloads, as they lie on the disk */
  downloaded(bytes: number): Progress | undefined {
    const { total = 0 } = this.#download ?? {};
    // pip rounds the size that it names.
    return total === 0 ? undefined : this.#bytes(Math.min(bytes, total), total);
  }

  /** @param done packages that are in place */
  unpacked(done: number): Progress {
    const total = this.#unpacking;
    return { done: Math.min(done, total), total, unit: 'files', note: say('train.unpacking') };
  }

  #bytes(done: number, total: number): Progress {
    return { done, total, unit: 'bytes', note: this.#note() };
  }

  #note(): Message {
    const place = { name: this.#name, number: this.#package };
    return this.#package <= this.#listed
      ? say('train.installing-of', { ...place, all: this.#listed })
      : say('train.installing', place);
  }
}
