/** A figure for people: four significant digits, thousands apart, powers of ten for the very small. */
export function formatFigure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  if (size > 0 && size < 0.001) return value.toExponential(2).replace(/\.?0{1,2}e/, 'e');
  return String(Number(value.toPrecision(4)));
}

/** 135,000,000 as `135M`: counts of parameters and tokens. */
export function formatCount(count: number): string {
  const units = ['', 'k', 'M', 'B', 'T'];
  const step = count < 1000 ? 0 : Math.min(Math.floor(Math.log10(count) / 3), units.length - 1);
  return `${String(Number((count / 1000 ** step).toPrecision(3)))}${units[step] ?? ''}`;
}

/** Joules as people pay for them; a dash where the machine has no counter. */
export function formatEnergy(joules: number | null): string {
  if (joules === null) return '–';
  return joules < 3.6e6 ? `${formatFigure(joules / 3600)} Wh` : `${formatFigure(joules / 3.6e6)} kWh`;
}

/** A setting of a job as a person would write it. */
export function formatSetting(value: number | string | boolean): string {
  return typeof value === 'number' ? formatFigure(value) : String(value);
}
