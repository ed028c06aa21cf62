import { meaningOf } from './blocks.ts';
import { reasonNotToRun } from './not-run.ts';
import type { Page } from './pages.ts';

/** Something that a page has its reader run, with all that it shows of what comes of it. */
export interface Step {
  readonly line: number;
  readonly command: string;
  /** Each output that is shown: lines as printed, or the text of one JSON value. */
  readonly outputs: readonly (readonly string[])[];
}

/** The commands of a page in their order; output in a block of its own belongs to the command before it. */
export function stepsOf(page: Page): Step[] {
  const steps: { line: number; command: string; outputs: (readonly string[])[] }[] = [];
  for (const block of page.blocks) {
    const meaning = meaningOf(block, page);
    if (reasonNotToRun(block.text) !== undefined && meaning.kind === 'output') continue;
    if (meaning.kind === 'output') steps.at(-1)?.outputs.push(meaning.lines);
    if (meaning.kind !== 'commands') continue;
    for (const { line, command, output } of meaning.shown) {
      const outputs = output.some((each) => each.trim() !== '') ? [output] : [];
      steps.push({ line, command, outputs });
    }
  }
  return steps;
}

/** Commands alike on two pages, showing the same, need not run twice. */
export const keyOf = ({ command, outputs }: Step): string => JSON.stringify([withoutNotes(command), outputs]);

/** A command without the notes at the ends of its lines, which are in the page's language. */
export const withoutNotes = (command: string): string => command.replaceAll(/ +# .*$/gm, '');
