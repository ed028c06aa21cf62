/** A figure for people: shares with three decimals (`0.950`), latencies as `840 ms` or `3.2 s`. */
export function formatFigure(value: number | null, unit: 'share' | 'ms', signed = false): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const sign = value < 0 ? '−' : signed ? '+' : '';
  const size = Math.abs(value);
  if (unit === 'share') {
    const text = size.toFixed(3);
    return `${Number(text) === 0 && signed ? '±' : sign}${text}`;
  }
  return `${sign}${size >= 9995 ? `${(size / 1000).toFixed(1)} s` : `${size < 10 ? size.toFixed(1) : size.toFixed(0)} ms`}`;
}
