import { ingestStep } from '../../../dist/data/ingest/ingest-step.js';
import { formats as everyFormat } from '../../../dist/data/formats/table.js';
import { subtitles } from './format.mjs';

/** The formats of Towpath, and one more. */
export const formats = everyFormat.with(subtitles);

/** The step over them: this file reaches the code of them all, so that it is in the step's key. */
export const step = ingestStep(formats, import.meta.url);
