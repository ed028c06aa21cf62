import { z } from 'zod';
import { readLines } from './lines.ts';
import type { SuiteEntry } from './resemblance.ts';
import { checkedPath, type SourceFile } from './source-file.ts';

/** Only these two of a suite's fields matter here; the evaluation checks the rest. */
const entry = z.object({ id: z.string(), question: z.string() });

/** The questions of the suites, which nothing may be trained on. */
export async function suiteEntries(
  projectDir: string,
  suites: readonly SourceFile[],
  signal: AbortSignal,
): Promise<SuiteEntry[]> {
  const entries: SuiteEntry[] = [];
  for (const suite of suites) {
    const path = await checkedPath(projectDir, suite);
    for await (const { text } of readLines(path, signal)) {
      const parsed = entry.safeParse(parseJson(text ?? ''));
      if (parsed.success) entries.push(parsed.data);
    }
  }
  return entries;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
