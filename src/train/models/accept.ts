import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say, type Message } from '../../core/messages/message.ts';
import type { GgufFacts } from '../../contract/model-artifact.ts';
import { readGguf } from './weights/gguf.ts';
import { readSafetensors } from './weights/safetensors.ts';
import { weightsKind } from './weights/kind.ts';

const encoders = /bert|t5encoder|embedding|wavtokenizer|clip/;

/**
 * Takes a GGUF file of a model that writes text; anything else is an error that says what it is.
 *
 * @throws TowpathError TOW_TRAIN_MODEL_UNFIT for a sound model of the wrong kind, TOW_TRAIN_PICKLE_REFUSED,
 *   TOW_TRAIN_WEIGHTS_TRUNCATED or TOW_TRAIN_WEIGHTS_FORMAT
 */
export async function acceptGenerator(path: string, name: string): Promise<GgufFacts> {
  const kind = await weightsKind(path, name);
  if (kind === 'gguf') {
    const facts = await readGguf(path, name);
    if (!encoders.test(facts.architecture)) return facts;
    throw unfit(name, say('train.no-text', { architecture: facts.architecture }));
  }
  if (kind === 'safetensors') await readSafetensors(path, name);
  throw unfit(name, say(kind === 'zip' ? 'train.a-zip' : 'train.generator-safetensors'));
}

export function unfit(name: string, what: Message): TowpathError {
  return new TowpathError('TOW_TRAIN_MODEL_UNFIT', say('train.unfit', { name, what }));
}
