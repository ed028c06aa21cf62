import { formats } from '../formats/table.ts';
import { ingestStep } from './ingest-step.ts';

/** `data.ingest` over the formats of this version. */
export const step = ingestStep(formats, import.meta.url);
