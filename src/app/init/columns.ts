import type { TableHead } from '../../data/formats/format.ts';

/** What a table's first rows say about its columns. */
export interface Columns {
  readonly text: string;
  readonly title?: string;
  readonly id?: string;
}

/** A table's columns, and what the first rows have in the one with the text. */
export interface GuessedColumns {
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

type Rows = TableHead['rows'];

/** Whether the rows are an evaluation suite rather than documents. */
export function isSuite({ rows }: TableHead): boolean {
  return (
    rows.length > 0 &&
    rows.every((row) => typeof row['question'] === 'string' && Array.isArray(row['answers']))
  );
}

/** Undefined where no column holds a word. */
export function guessColumns({ columns, rows }: TableHead): GuessedColumns | undefined {
  const textual = columns.filter((name) => name !== '' && lettersIn(name, rows) > 0);
  const named = (known: readonly string[], among: readonly string[]) =>
    known.map((name) => find(among, name)).find((name) => name !== undefined);
  const text = named(textNames, textual) ?? wordiest(textual, rows);
  if (text === undefined) return undefined;
  const title = named(titleNames, textual);
  const id = named(idNames, columns);
  return {
    columns: {
      text,
      ...(title !== undefined && title !== text && { title }),
      ...(id !== undefined && id !== text && { id }),
    },
    texts: rows.flatMap((row) => textOf(row, text)).filter((each) => each.trim() !== ''),
  };
}

function find(names: readonly string[], wanted: string): string | undefined {
  return names.find((name) => name.trim().toLowerCase() === wanted);
}

/** The column with the most words in it: figures are no words. */
function wordiest(names: readonly string[], rows: Rows): string | undefined {
  return [...names].sort((a, b) => lettersIn(b, rows) - lettersIn(a, rows))[0];
}

function lettersIn(name: string, rows: Rows): number {
  return rows.flatMap((row) => textOf(row, name)).reduce((sum, text) => sum + letters(text), 0);
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

function textOf(row: Rows[number], name: string): string[] {
  const value = row[name];
  return typeof value === 'string' ? [value] : [];
}
