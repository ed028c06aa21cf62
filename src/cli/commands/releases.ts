import { Command } from 'commander';
import type { ReleaseRecord } from '../../app/towpath.ts';
import { shortDigest } from '../../core/digest.ts';
import type { Context } from '../context.ts';
import { table } from '../output/table.ts';
import { printable } from '../output/width.ts';
import { localTime } from '../output/words.ts';
import { examples } from './examples.ts';
import { figuresText, releaseDetailLines } from './release-detail.ts';

export function releasesCommand(context: Context): Command {
  return new Command('releases')
    .description('list the releases, newest first')
    .addHelpText('after', examples(['towpath releases', 'with their figures; the live one is marked']))
    .action(async () => {
      const releases = await context.withTowpath((towpath) => towpath.releases(), 'reading the releases');
      context.printRecord(releases, () => releaseLines(releases, context));
    });
}

export function releaseCommand(context: Context): Command {
  const show = new Command('show')
    .description('show what a release holds, its gates, and when it was live')
    .argument('<release>', 'name such as r3, or the beginning of its digest')
    .addHelpText('after', examples(['towpath release show r3', 'one release in full']))
    .action(async (name: string) => {
      const detail = await context.withTowpath(
        (towpath) => towpath.releaseDetail(name),
        'checking the release',
      );
      context.printRecord(detail, () => releaseDetailLines(detail, context.style, context.io.out.columns));
    });
  return new Command('release')
    .description('look at one release')
    .addHelpText('after', examples(['towpath release show r3', 'one release in full']))
    .addCommand(show);
}

function releaseLines(releases: readonly ReleaseRecord[], { style, io }: Context): string[] {
  if (releases.length === 0) return ['no releases yet: `towpath run` makes the first'];
  return table<ReleaseRecord>(
    [
      { header: '', cell: ({ live }) => (live ? style.green('●') : ' ') },
      { header: 'RELEASE', cell: ({ name, live }) => (live ? style.bold(name) : name) },
      { header: 'DIGEST', cell: ({ digest }) => style.yellow(shortDigest(digest)) },
      { header: 'MADE', cell: ({ created }) => localTime(created) },
      { header: 'BY', cell: ({ by }) => printable(by) },
      {
        header: 'FIGURES',
        flexible: true,
        cell: ({ figures, damage }) =>
          damage === undefined ? figuresText(figures) : style.red(printable(damage)),
      },
    ],
    releases,
    style,
    io.out.columns,
  );
}
