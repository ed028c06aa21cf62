import type { Style } from '../output/style.ts';

/** `━━━━━━╸─────`, filled to a share from 0 to 1. */
export function bar(share: number, width: number, style: Style): string {
  const halves = Math.round(Math.max(0, Math.min(1, share)) * width * 2);
  const full = Math.floor(halves / 2);
  const half = halves % 2 === 1 ? '╸' : '';
  return style.cyan('━'.repeat(full) + half) + style.dim('─'.repeat(width - full - half.length));
}
