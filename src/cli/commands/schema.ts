import { Command } from 'commander';
import { say } from '../../core/messages/message.ts';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';

export function schemaCommand(context: Context): Command {
  return new Command('schema')
    .description(context.say('command.schema'))
    .addHelpText(
      'after',
      examples(context, [
        'towpath schema > towpath.schema.json',
        say('command.schema.example', { line: '# yaml-language-server: $schema=towpath.schema.json' }),
      ]),
    )
    .action(async () => {
      const [{ editorSchema }, sections] = await Promise.all([
        import('../../project/json-schema.ts'),
        context.wiring.sections(),
      ]);
      context.io.out.write(`${JSON.stringify(editorSchema(sections, context.language), undefined, 2)}\n`);
    });
}
