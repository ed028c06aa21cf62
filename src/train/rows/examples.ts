import { TowpathError } from '../../core/errors/towpath-error.ts';
import { render, say, type Message } from '../../core/messages/message.ts';
import { readTrust } from '../../project/trust/trust.ts';
import { digestJson, shortDigest } from '../../core/digest.ts';
import { parseExample, type Example, type Shape } from './example.ts';
import { readLines } from './lines.ts';
import { openChecked, type SourceFile } from './source-file.ts';

/** An example with its id and where it stands. */
export interface Entry {
  readonly example: Example;
  /** Its own id, or a digest of what it says: moving a line changes nothing. */
  readonly id: string;
  /** `examples/en.jsonl:12` */
  readonly place: string;
}

export interface ExampleSource {
  readonly projectDir: string;
  readonly files: readonly SourceFile[];
  readonly shape: Shape;
  readonly signal: AbortSignal;
}

/** So many problems are listed; the rest are counted. */
const mostListed = 100;

/**
 * The sound examples of every file, one line at a time.
 *
 * @throws TowpathError TOW_TRAIN_EXAMPLES_BROKEN, at the end, with every line that cannot be used
 */
export async function* readExamples({
  projectDir,
  files,
  shape,
  signal,
}: ExampleSource): AsyncGenerator<Entry> {
  const trust = await readTrust(projectDir, process.env);
  const problems: Problem[] = [];
  const places = new Map<string, string>();
  for (const file of files) {
    const { quotable, blocks } = await openChecked(trust, file, signal);
    for await (const { line, text, problem } of readLines(blocks)) {
      const place = `${file.path}:${String(line)}`;
      const parsed = text === undefined ? { problems: [problem ?? ''] } : parseExample(text, shape);
      if (parsed.problems !== undefined) {
        const told = quotable ? parsed.problems : [say('training.unquoted')];
        for (const problem of told)
          problems.push({ place, text: say('training.problem', { place, problem }) });
        continue;
      }
      const { example } = parsed;
      const id = example.id ?? shortDigest(digestJson(example));
      const before = places.get(id);
      places.set(id, place);
      if (before === undefined) yield { example, id, place };
      else if (example.id === undefined)
        problems.push({ place, text: say('training.line-again', { place, before }) });
      else problems.push({ place, text: say('training.id-again', { place, id, before }) });
    }
  }
  if (problems.length > 0) throw broken(problems);
}

interface Problem {
  readonly place: string;
  readonly text: Message;
}

function broken(problems: readonly Problem[]): TowpathError {
  const listed = problems.slice(0, mostListed).map(({ text }) => text);
  const more = problems.length - listed.length;
  const lines = more > 0 ? [...listed, say('training.more', { count: more })] : listed;
  const where = problems[0]?.place;
  return new TowpathError(
    'TOW_TRAIN_EXAMPLES_BROKEN',
    say('training.problems', { n: problems.length, lines }),
    {
      ...(where !== undefined && { where }),
      data: { problems: listed.map((text) => render(text, 'en')) },
    },
  );
}
