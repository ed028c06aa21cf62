import { exitCodes } from '../core/errors/code.ts';

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'done; also when a question was declined, and when Ctrl-C stopped a service that was up',
  fault: 'our fault: please report it',
  user: 'something asked for or configured has to change',
  gate: 'a release did not pass its gates',
  environment: 'the machine lacks something: see `towpath doctor`',
  interrupted: 'interrupted before it was done',
};

/** One line for each exit code. */
export function exitCodeLines(): string[] {
  return Object.entries(meanings).map(
    ([name, meaning]) => `  ${String(exitCodes[name as keyof typeof exitCodes]).padEnd(4)} ${meaning}`,
  );
}
