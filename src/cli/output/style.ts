import picocolors from 'picocolors';

/** Colours, or nothing in their place. */
export type Style = ReturnType<typeof picocolors.createColors>;

export interface ColourChoice {
  /** `--no-color` makes it false. */
  readonly wanted: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/** Colours on a terminal alone; never with `NO_COLOR`, `--no-color` or `TERM=dumb`; `FORCE_COLOR` wins over a pipe. */
export function chooseStyle({ wanted, env, isTerminal }: ColourChoice): Style {
  const refused = !wanted || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const forced = (env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0';
  return picocolors.createColors(!refused && (isTerminal || forced));
}
