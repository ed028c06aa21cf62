import { dirname } from 'node:path';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import { OutsideFile, OutsideFileError } from '../core/outside-file.ts';

/** Far above any project file written by hand; a bound on what the parser is given. */
const maxProjectFileBytes = 256 * 1024;

/**
 * Reads the file's bytes, at most `maxProjectFileBytes`. It lies in its folder, whatever the user trusts the project
 * with: its lines are quoted in messages.
 *
 * @throws TowpathError TOW_PROJECT_UNREADABLE
 */
export async function readProjectFile(file: string): Promise<Uint8Array> {
  try {
    const opened = await OutsideFile.open(file, { within: [dirname(file)], maxBytes: maxProjectFileBytes });
    return await opened.whole();
  } catch (cause) {
    const refused = cause instanceof OutsideFileError ? cause : undefined;
    const text =
      refused === undefined
        ? say('project.unreadable', { file })
        : say('project.unreadable-why', { file, why: refused.said });
    const hint =
      refused?.problem === 'outside'
        ? say('project.replace-link')
        : refused?.problem === 'special'
          ? say('project.replace-special')
          : undefined;
    const details = { cause, where: file, ...(hint !== undefined && { hint }) };
    throw new TowpathError('TOW_PROJECT_UNREADABLE', text, details);
  }
}
