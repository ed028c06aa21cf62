import { Command, Option } from 'commander';
import type { RepairRecord } from '../../app/records/upkeep.ts';
import { exitCodes } from '../../core/errors/entry.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { problemLines } from '../output/error.ts';
import { printable } from '../output/width.ts';
import { examples } from './examples.ts';

export function repairCommand(context: Context): Command {
  return new Command('repair')
    .description(context.say('command.repair'))
    .addOption(new Option('--afresh', context.say('command.repair.afresh')).conflicts('giveUp'))
    .option('--give-up <release>', context.say('command.repair.give-up'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath repair', say('command.repair.example.plain')],
        ['towpath repair --afresh', say('command.repair.example.afresh')],
        ['towpath repair --give-up r3', say('command.repair.example.give-up')],
      ),
    )
    .action(async ({ afresh = false, giveUp }: { afresh?: boolean; giveUp?: string }) => {
      const record = await context.withTowpath((towpath) =>
        towpath.repair({ afresh, ...(giveUp !== undefined && { giveUp }) }),
      );
      if (record.problems !== undefined) context.exitCode = exitCodes.environment;
      context.printRecord(record, () => repairLines(record, context));
    });
}

function repairLines(record: RepairRecord, context: Context): string[] {
  const { style, words } = context;
  const { database, releases, manifests, results, ledger, promotions, live, kept, noteTexts } = record;
  const { givenUp, problems = [] } = record;
  const nothing =
    releases.length + manifests.length + results + kept.length + problems.length === 0 && ledger === 'whole';
  const counted = { promotions: say('unit.promotions', { n: promotions }) };
  const lines = [
    ...(database === 'afresh' ? [words('show.afresh')] : []),
    ...(givenUp === undefined ? [] : [words('show.given-up', { release: givenUp })]),
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
    ...problemLines(problems, context),
  ];
  return nothing && givenUp === undefined && database === 'whole'
    ? [style.green(words('show.nothing-to-repair')), ...lines]
    : lines;
}
