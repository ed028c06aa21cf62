import type { Style } from './style.ts';
import { printable } from './width.ts';

/** What can be done about a run of another machine. */
export function elsewhereAdvice(run: string, host: string, style: Style): string[] {
  const name = printable(host);
  return [
    style.dim(`  whether it still goes on there cannot be seen from here; to stop it: towpath cancel ${run}`),
    style.dim(`  if ${name} is gone for good: towpath cancel ${run} --gone`),
  ];
}
