import { Command } from 'commander';
import type { RepairRecord } from '../../app/towpath.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { printable } from '../output/width.ts';
import { examples } from './examples.ts';

export function repairCommand(context: Context): Command {
  return new Command('repair')
    .description(context.say('command.repair'))
    .option('--afresh', context.say('command.repair.afresh'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath repair', say('command.repair.example.plain')],
        ['towpath repair --afresh', say('command.repair.example.afresh')],
      ),
    )
    .action(async (options: { afresh?: boolean }) => {
      const record = await context.withTowpath((towpath) =>
        towpath.repair({ afresh: options.afresh === true }),
      );
      context.printRecord(record, () => repairLines(record, context));
    });
}

function repairLines(record: RepairRecord, { style, words }: Context): string[] {
  const { database, releases, manifests, results, ledger, promotions, live, kept, noteTexts } = record;
  const nothing = releases.length + manifests.length + results + kept.length === 0 && ledger === 'whole';
  const counted = { promotions: say('unit.promotions', { n: promotions }) };
  const lines = [
    ...(database === 'afresh' ? [words('show.afresh')] : []),
    ...(releases.length > 0 ? [words('show.releases-restored', { releases })] : []),
    ...(manifests.length > 0 ? [words('show.manifests-restored', { releases: manifests })] : []),
    ...(results > 0
      ? [words('show.results-restored', { results: say('unit.results', { n: results }) })]
      : []),
    ...(database === 'rebuilt' ? [words('show.history-lost')] : []),
    ...(promotions > 0 ? [words(`show.ledger-${ledger}`, counted)] : []),
    ...(live === undefined ? [] : [words('show.repaired-live', { release: style.bold(live) })]),
    ...noteTexts.map((note) => `${style.yellow('!')} ${printable(words.text(note))}`),
    ...kept.map((path) => style.dim(words('show.kept', { path: printable(path) }))),
  ];
  return nothing && database === 'whole' ? [style.green(words('show.nothing-to-repair')), ...lines] : lines;
}
