import { resolve } from 'node:path';
import { Command } from 'commander';
import type { InitRecord } from '../../app/init.ts';
import type { Context } from '../context.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { printable } from '../output/width.ts';
import { counted } from '../output/words.ts';
import { examples } from './examples.ts';

export function initCommand(context: Context): Command {
  return new Command('init')
    .description('write a commented towpath.yaml for the documents in a folder')
    .argument('[dir]', 'folder that becomes the project (default: --project, or the current one)')
    .option('--force', 'replace a towpath.yaml that is already there')
    .addHelpText(
      'after',
      examples(
        ['towpath init', 'for the documents in this folder'],
        ['towpath init handbook --force', 'for another, replacing its file'],
      ),
    )
    .action(async (dir: string | undefined, options: { force?: boolean }) => {
      const { initProject } = await import('../../app/init.ts');
      const folder = resolve(context.io.cwd, dir ?? context.named ?? '.');
      const record = await context.waiting('looking for documents', () =>
        initProject({ dir: folder, force: options.force === true, language: context.language }),
      );
      const elsewhere = folder !== resolve(context.io.cwd);
      context.printRecord(record, () =>
        initLines(
          record,
          elsewhere ? ` --project ${dir ?? folder}` : '',
          context.style,
          context.io.out.columns,
        ),
      );
    });
}

function initLines(record: InitRecord, project: string, style: Style, width: number): string[] {
  const wrote = `${style.green('✓')} wrote ${record.file}`;
  if (record.documents === 0) {
    return [
      wrote,
      '',
      `${style.yellow('!')} no documents were found: no md, markdown, html, htm, txt, csv, jsonl, ndjson or parquet file`,
      ...skippedLines(record, style),
      '',
      'Next:',
      '  put documents into docs/, or change `sources` in the file',
      `  ${style.cyan(`towpath validate${project}`)}   checks it`,
    ];
  }
  return [
    wrote,
    '',
    ...table(
      [
        { header: 'SOURCE', cell: ({ name }) => name },
        { header: 'FILES', align: 'right', cell: ({ count }) => String(count) },
        { header: 'PATTERNS', flexible: true, cell: ({ files }) => files.join(', ') },
      ],
      record.sources,
      style,
      width,
    ),
    '',
    `${counted(record.documents, 'files')}, languages ${record.languages.join(' and ')}`,
    ...(record.suites.length > 0
      ? [`questions to evaluate with: ${printable(record.suites.join(', '))}`]
      : []),
    ...record.sources
      .filter(({ unread }) => unread === true)
      .map(
        ({ name, files }) =>
          `${style.yellow('!')} the columns of ${printable(files.join(', '))} are not known: check \`text\` of source ${name}`,
      ),
    ...(record.cutShort
      ? [`${style.yellow('!')} the folder holds more than was looked at: check \`sources\``]
      : []),
    ...skippedLines(record, style),
    '',
    'Next:',
    `  ${style.cyan(`towpath validate${project}`)}   checks the file`,
    `  ${style.cyan(`towpath up${project}`)}         prepares, indexes and serves the documents`,
    `  ${style.cyan(`towpath ask${project} "…"`)}    asks, from another terminal`,
  ];
}

const mostShown = 20;

function skippedLines({ skipped, skippedCount }: InitRecord, style: Style): string[] {
  if (skippedCount === 0) return [];
  const more = skippedCount - Math.min(skipped.length, mostShown);
  return [
    '',
    `${style.yellow('!')} not read:`,
    ...skipped
      .slice(0, mostShown)
      .map(({ path, why }) => `  ${printable(path)}  ${style.dim(printable(why))}`),
    ...(more > 0 ? [style.dim(`  and ${String(more)} more; --json lists the first thousand`)] : []),
  ];
}
