// The question-answering service of the product, as both benches ask it.
import { createQaService } from '../../dist/qa/service.js';
import { defaultQaSettings } from '../../dist/qa/settings.js';

/** With a generator the model phrases where the service lets it; without one everything is quoted. */
export function benchService(retriever, lexicon, generator) {
  return createQaService({
    retriever,
    lexicon,
    settings: defaultQaSettings,
    release: 'bench',
    ...(generator && { generator }),
  });
}
