/** What a table's first rows say about its columns. */
export interface Columns {
  readonly text: string;
  readonly title?: string;
  readonly id?: string;
}

/** A table's columns, and what the first rows have in the one with the text. */
export interface TableHead {
  readonly columns: Columns;
  readonly texts: readonly string[];
}

const textNames = [
  'text',
  'content',
  'body',
  'document',
  'article',
  'passage',
  'answer',
  'reply',
  'response',
  'description',
  '正文',
  '内容',
  '文本',
  '答案',
  '回答',
  '答复',
  '解答',
  '描述',
  '说明',
];
/** What a passage of the row is about: of a table of questions, its question. */
const titleNames = [
  'title',
  'heading',
  'subject',
  'headline',
  'question',
  'name',
  '标题',
  '题目',
  '主题',
  '问题',
  '提问',
  '名称',
];
const idNames = ['id', 'uuid', 'key', 'doc_id', 'document_id', '编号', '序号'];

type Row = Readonly<Record<string, string>>;

/** Guesses from the beginning of a CSV file; undefined when it has no header or no text in it. */
export function csvHead(head: string): TableHead | undefined {
  const [header, ...lines] = csvRows(head);
  if (!header || header.length === 0) return undefined;
  // The last line is left out where others stand: it may be cut.
  const rows = (lines.length > 1 ? lines.slice(0, -1) : lines).map((line): Row =>
    Object.fromEntries(header.map((name, i) => [name, line[i] ?? ''])),
  );
  return guess(header, rows);
}

/** Guesses from the beginning of a file of JSON lines. */
export function jsonHead(head: string): TableHead | undefined {
  const rows = jsonRows(head).map((row): Row =>
    Object.fromEntries(
      Object.entries(row).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  );
  return guess([...new Set(rows.flatMap((row) => Object.keys(row)))], rows);
}

/** Whether the lines are an evaluation suite rather than documents. */
export function isSuite(head: string): boolean {
  const rows = jsonRows(head);
  return (
    rows.length > 0 &&
    rows.every((row) => typeof row['question'] === 'string' && Array.isArray(row['answers']))
  );
}

function jsonRows(head: string): Record<string, unknown>[] {
  return head
    .split('\n')
    .slice(0, 50)
    .flatMap((line) => {
      try {
        const row: unknown = JSON.parse(line);
        return typeof row === 'object' && row !== null && !Array.isArray(row)
          ? [row as Record<string, unknown>]
          : [];
      } catch {
        return [];
      }
    });
}

function guess(names: readonly string[], rows: readonly Row[]): TableHead | undefined {
  const named = (known: readonly string[]) =>
    known.map((name) => find(names, name)).find((name) => name !== undefined);
  const text = named(textNames) ?? longest(names, rows);
  if (text === undefined) return undefined;
  const title = named(titleNames);
  const id = named(idNames);
  return {
    columns: {
      text,
      ...(title !== undefined && title !== text && { title }),
      ...(id !== undefined && id !== text && { id }),
    },
    texts: rows.flatMap((row) => row[text] ?? []),
  };
}

function find(names: readonly string[], wanted: string): string | undefined {
  return names.find((name) => name.trim().toLowerCase() === wanted);
}

/** The column with the most text in it. */
function longest(names: readonly string[], rows: readonly Row[]): string | undefined {
  const length = (name: string) => rows.reduce((sum, row) => sum + (row[name] ?? '').length, 0);
  const [best] = [...names].sort((a, b) => length(b) - length(a));
  return best !== undefined && length(best) > 0 ? best : undefined;
}

/** Rows of the beginning of a CSV file: enough to see its columns, no judge of its correctness. */
function csvRows(head: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const separator = mostFrequent(head.slice(0, head.indexOf('\n') + 1 || undefined));
  for (let at = 0; at < head.length && rows.length < 50; at++) {
    const char = head[at] ?? '';
    if (quoted) {
      if (char !== '"') cell += char;
      else if (head[at + 1] === '"') cell += head[at++];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      row = [];
      cell = '';
    } else cell += char;
  }
  return cell === '' && row.length === 0 ? rows : [...rows, [...row, cell]];
}

function mostFrequent(header: string): string {
  const count = (char: string) => header.split(char).length;
  return [',', ';', '\t'].reduce((best, char) => (count(char) > count(best) ? char : best));
}
