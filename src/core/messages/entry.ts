/** `{name}` is a place; a pair is for one and for many, told by the value `n`. */
export interface MessageEntry {
  readonly en: string | readonly [one: string, many: string];
  readonly zh: string;
}

/** Keeps the literal texts of a table, from which the compiler knows the places of each, while checking its entries. */
export function messages<const T extends Readonly<Record<`${string}.${string}`, MessageEntry>>>(table: T): T {
  return table;
}
