import { Command } from 'commander';
import type { ReleaseRecord } from '../../app/records/release.ts';
import { shortDigest } from '../../core/digest.ts';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { table } from '../output/table.ts';
import { printable } from '../output/width.ts';
import { localTime } from '../output/words.ts';
import { examples } from './examples.ts';
import { figuresText, releaseDetailLines } from './release-detail.ts';

export function releasesCommand(context: Context): Command {
  return new Command('releases')
    .description(context.say('command.releases'))
    .addHelpText('after', examples(context, ['towpath releases', say('command.releases.example')]))
    .action(async () => {
      const releases = await context.withTowpath(
        (towpath) => towpath.releases(),
        say('show.waiting.releases'),
      );
      context.printRecord(releases, () => releaseLines(releases, context));
    });
}

export function releaseCommand(context: Context): Command {
  const show = new Command('show')
    .description(context.say('command.release-show'))
    .argument('<release>', context.say('command.release-show.name'))
    .addHelpText('after', examples(context, ['towpath release show r3', say('command.release-show.example')]))
    .action(async (name: string) => {
      const detail = await context.withTowpath(
        (towpath) => towpath.releaseDetail(name),
        say('show.waiting.release'),
      );
      context.printRecord(detail, () => releaseDetailLines(detail, context));
    });
  return new Command('release')
    .description(context.say('command.release'))
    .addHelpText('after', examples(context, ['towpath release show r3', say('command.release-show.example')]))
    .addCommand(show)
    .helpCommand('help [command]', context.say('help.help'));
}

function releaseLines(releases: readonly ReleaseRecord[], { style, words, io }: Context): string[] {
  if (releases.length === 0) return [words('show.no-releases')];
  return table<ReleaseRecord>(
    [
      { header: '', cell: ({ live }) => (live ? style.green('●') : ' ') },
      { header: words('column.release'), cell: ({ name, live }) => (live ? style.bold(name) : name) },
      { header: words('column.digest'), cell: ({ digest }) => style.yellow(shortDigest(digest)) },
      { header: words('column.made'), cell: ({ created }) => localTime(created) },
      { header: words('column.by'), cell: ({ by }) => printable(by) },
      {
        header: words('column.figures'),
        flexible: true,
        cell: ({ figures, givenUp, damage, damageText = damage }) => {
          if (givenUp) return style.yellow(words('release.given-up', { by: printable(givenUp.by) }));
          return damageText === undefined
            ? figuresText(figures)
            : style.red(printable(words.text(damageText)));
        },
      },
    ],
    releases,
    style,
    io.out.columns,
  );
}
