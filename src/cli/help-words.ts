import { Help, type Argument, type Command, type HelpConfiguration, type Option } from 'commander';
import { labelled, say, type Message, type Words } from '../core/messages/message.ts';
import { displayWidth, wrap } from './output/width.ts';

const titles: Readonly<Record<string, Message>> = {
  'Usage:': say('help.usage-title'),
  'Arguments:': say('help.arguments'),
  'Options:': say('help.options'),
  'Global Options:': say('help.global-options'),
  'Commands:': say('help.commands'),
};

/** Commander's own words on a help page, said by us; columns are as wide as a terminal shows them. */
export function helpIn(words: Words): HelpConfiguration {
  const placed = (usage: string) =>
    usage.replace('[options]', words('help.options-here')).replace('[command]', words('help.command-here'));
  return {
    showGlobalOptions: true,
    // A terminal of sixty columns still has room for words beside the names.
    minWidthToWrap: 20,
    displayWidth,
    styleTitle: (title) => words.text(titles[title] ?? title),
    styleUsage: placed,
    formatHelp(this: Help, command: Command, help: Help) {
      const title = words('help.usage-title');
      const page = Help.prototype.formatHelp.call(this, command, help);
      return `${labelled(title, '')}${page.slice(title.length + 1)}`;
    },
    styleSubcommandTerm: placed,
    optionDescription: (option: Option) => described(option, option.argChoices, words),
    argumentDescription: (argument: Argument) => described(argument, undefined, words),
    boxWrap(this: Help, text: string, width: number) {
      return width < this.minWidthToWrap ? text : wrap(text, width).join('\n');
    },
  };
}

function described(
  { description, defaultValue }: Pick<Option, 'description' | 'defaultValue'>,
  choices: readonly string[] | undefined,
  words: Words,
): string {
  const quoted = choices?.map((choice) => JSON.stringify(choice));
  const text = quoted ? words('help.choices', { text: description, choices: quoted }) : description;
  const told = defaultValue !== undefined && typeof defaultValue !== 'boolean';
  return told ? words('help.default', { text, value: JSON.stringify(defaultValue) }) : text;
}
