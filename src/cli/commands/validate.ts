import { Command } from 'commander';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';

export function validateCommand(context: Context): Command {
  return new Command('validate')
    .description('check towpath.yaml and report every problem at its place')
    .addHelpText(
      'after',
      examples(
        ['towpath validate', 'exit code 2 when there are problems'],
        ['towpath validate --json | jq .error.data.problems', 'for editors and CI'],
      ),
    )
    .action(async () => {
      const place = await context.place();
      const [{ loadProject }, sections] = await Promise.all([
        import('../../project/load.ts'),
        context.wiring.sections(),
      ]);
      const project = await context.waiting('checking', () => loadProject(place.file, sections, context.env));
      context.printRecord({ valid: true, file: place.file, digest: project.digest }, () => [
        `${context.style.green('✓')} ${place.file} is valid`,
      ]);
    });
}
