import { Command } from 'commander';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { printable } from '../output/width.ts';
import { examples } from './examples.ts';

export function validateCommand(context: Context): Command {
  return new Command('validate')
    .description(context.say('command.validate'))
    .addHelpText(
      'after',
      examples(
        context,
        ['towpath validate', say('command.validate.example.code')],
        ['towpath validate --json | jq .error.data.problems', say('command.validate.example.json')],
      ),
    )
    .action(async () => {
      const place = await context.place();
      const [{ loadProject }, sections] = await Promise.all([
        import('../../project/load.ts'),
        context.wiring.sections(),
      ]);
      const project = await context.waiting(say('show.waiting.project'), () =>
        loadProject(place.file, sections, context.env),
      );
      context.printRecord({ valid: true, file: place.file, digest: project.digest }, () => [
        `${context.style.green('✓')} ${context.say('show.valid', { file: printable(place.file) })}`,
      ]);
    });
}
