import { Command } from 'commander';
import type { RepairRecord } from '../../app/towpath.ts';
import type { Context } from '../context.ts';
import { printable } from '../output/width.ts';
import { counted } from '../output/words.ts';
import { examples } from './examples.ts';

export function repairCommand(context: Context): Command {
  return new Command('repair')
    .description('rebuild lost or damaged records from what lies beside the artifacts')
    .option('--afresh', 'give the records up instead, and begin with r1; they are kept in .towpath/damaged')
    .addHelpText(
      'after',
      examples(
        ['towpath repair', 'releases, their ledger, and the results that later runs reuse'],
        ['towpath repair --afresh', 'begin anew with the artifacts that are there'],
      ),
    )
    .action(async (options: { afresh?: boolean }) => {
      const record = await context.withTowpath((towpath) =>
        towpath.repair({ afresh: options.afresh === true }),
      );
      context.printRecord(record, () => repairLines(record, context));
    });
}

const ledgers: Readonly<Record<RepairRecord['ledger'], string>> = {
  whole: 'is whole',
  restored: 'was restored from the copy beside the artifacts',
  cut: 'keeps what follows one another; the rest was set aside, and the ledger says so',
  rebuilt:
    'was begun anew with each release in the order they were made; rollbacks of the time are not known',
};

function repairLines(record: RepairRecord, context: Context): string[] {
  const { style } = context;
  const { database, releases, manifests, results, ledger, promotions, live, kept, noteTexts } = record;
  const nothing = releases.length + manifests.length + results + kept.length === 0 && ledger === 'whole';
  const lines = [
    ...(database === 'afresh' ? ['the records begin afresh: the next release is r1'] : []),
    ...(releases.length > 0 ? [`releases restored: ${releases.join(', ')}`] : []),
    ...(manifests.length > 0 ? [`manifests put back: ${manifests.join(', ')}`] : []),
    ...(results > 0 ? [`${counted(results, 'results')} of steps restored`] : []),
    ...(database === 'rebuilt' ? ['the history of runs is not kept beside the artifacts, and is lost'] : []),
    ...(promotions > 0 ? [`the ledger of ${counted(promotions, 'promotions')} ${ledgers[ledger]}`] : []),
    ...(live === undefined ? [] : [`live: ${style.bold(live)}`]),
    ...noteTexts.map((note) => `${style.yellow('!')} ${printable(context.render(note))}`),
    ...kept.map((path) => style.dim(`kept: ${printable(path)}`)),
  ];
  return nothing && database === 'whole' ? [style.green('nothing to repair'), ...lines] : lines;
}
