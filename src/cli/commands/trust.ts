import { resolve } from 'node:path';
import { Command } from 'commander';
import type { TrustRecord } from '../../app/records/trust.ts';
import { say } from '../../core/messages/message.ts';
import { readAsk, trustKinds, type Ask, type TrustKind } from '../../project/trust/ask.ts';
import type { Context } from '../context.ts';
import { table } from '../output/table.ts';
import { printable, printableInLine } from '../output/width.ts';
import { examples } from './examples.ts';

type Options = Partial<Readonly<Record<TrustKind, readonly string[]>>> & { readonly revoke?: boolean };

/** `--host a --host b`, and `--host a b`: a list either way. */
const all = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function trustCommand(context: Context): Command {
  return new Command('trust')
    .description(context.say('trust.about'))
    .option('--host <host>', context.say('trust.host'), all)
    .option('--secret <reference@host>', context.say('trust.secret'), all)
    .option('--path <path>', context.say('trust.path'), all)
    .option('--revoke', context.say('trust.revoke'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath trust', say('trust.example.list')],
        ['towpath trust --host hub.example --secret env:HF_TOKEN@hub.example', say('trust.example.secret')],
        ['towpath trust --path ../models', say('trust.example.path')],
        ['towpath trust --revoke', say('trust.example.revoke')],
      ),
    )
    .action(async (options: Options) => {
      const asks = asksOf(options, context.io.cwd);
      const revoke = options.revoke === true;
      const record = await context.withTowpath((towpath) =>
        towpath.trust(revoke || asks.length > 0 ? { asks, revoke } : undefined),
      );
      context.printRecord(record, () => trustLines(record, context));
    });
}

function asksOf(options: Options, cwd: string): Ask[] {
  return trustKinds.flatMap((kind) =>
    (options[kind] ?? []).map((text) => readAsk(kind, kind === 'path' ? resolve(cwd, text) : text)),
  );
}

function trustLines(
  { project, file, asked, trusted, notThere, problems, command }: TrustRecord,
  context: Context,
): string[] {
  const { style } = context;
  const { hosts, secrets, paths } = trusted;
  const known = new Set(asked.map(({ kind, value }) => `${kind} ${value}`));
  const kept = [
    ...hosts.map((value): Ask => ({ kind: 'host', value })),
    ...secrets.map((value): Ask => ({ kind: 'secret', value })),
    ...paths.map((value): Ask => ({ kind: 'path', value })),
  ].filter(({ kind, value }) => !known.has(`${kind} ${value}`));
  const rows = [
    ...asked.map(({ trusted: yes, ...ask }) => ({ ...ask, mark: yes ? style.green('✓') : style.red('✗') })),
    ...kept.map((ask) => ({ ...ask, mark: style.green('✓'), where: '' })),
  ];
  const lines = [
    printable(context.say('trust.project', { project })),
    printable(context.say('trust.file', { file })),
    '',
  ];
  if (rows.length === 0) lines.push(context.say('trust.nothing'));
  else
    lines.push(
      ...table(
        [
          { header: '', cell: ({ mark }) => mark },
          { header: context.say('trust.column.kind'), cell: ({ kind }) => context.say(`trust.kind.${kind}`) },
          {
            header: context.say('trust.column.value'),
            cell: ({ value }) => printableInLine(value),
            flexible: true,
          },
          { header: context.say('trust.column.where'), cell: ({ where }) => printableInLine(where) },
        ],
        rows,
        style,
        context.io.out.columns,
      ),
    );
  if (notThere.length > 0)
    lines.push(
      '',
      `${style.yellow('!')} ${printableInLine(context.say('trust.not-there', { paths: notThere }))}`,
    );
  if (problems > 0) lines.push('', context.say('trust.problems'));
  if (command !== undefined)
    lines.push('', context.say('trust.missing'), `  ${style.cyan(printable(command))}`);
  return lines;
}
