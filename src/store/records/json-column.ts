/** Structures are stored as JSON text, which SQLite and PostgreSQL both keep as it is. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Reads what `writeJson` wrote; its type is the writer's word. */
export function readJson<T>(text: string): T {
  return JSON.parse(text) as T;
}
