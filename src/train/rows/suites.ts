import { z } from 'zod';
import { readTrust } from '../../project/trust/trust.ts';
import { readLines } from './lines.ts';
import type { SuiteEntry } from './resemblance.ts';
import { openChecked, type SourceFile } from './source-file.ts';

/** Only these two of a suite's fields matter here; the evaluation checks the rest. */
const entry = z.object({ id: z.string(), question: z.string() });

/** The questions of the suites, which nothing may be trained on. */
export async function suiteEntries(
  projectDir: string,
  suites: readonly SourceFile[],
  signal: AbortSignal,
): Promise<SuiteEntry[]> {
  const trust = await readTrust(projectDir, process.env);
  const entries: SuiteEntry[] = [];
  for (const suite of suites) {
    const { blocks } = await openChecked(trust, suite, signal);
    for await (const { text } of readLines(blocks)) {
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
