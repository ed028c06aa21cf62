import { Command } from 'commander';
import type { Context } from '../context.ts';
import { examples } from './examples.ts';

export function schemaCommand(context: Context): Command {
  return new Command('schema')
    .description('print the JSON Schema of towpath.yaml, for editors')
    .addHelpText(
      'after',
      examples([
        'towpath schema > towpath.schema.json',
        'then begin towpath.yaml with # yaml-language-server: $schema=towpath.schema.json',
      ]),
    )
    .action(async () => {
      const [{ projectJsonSchema }, sections] = await Promise.all([
        import('../../project/json-schema.ts'),
        context.wiring.sections(),
      ]);
      context.io.out.write(`${JSON.stringify(projectJsonSchema(sections), undefined, 2)}\n`);
    });
}
