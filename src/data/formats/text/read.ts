import { firstLineTitle } from '../title.ts';
import { wholeDocument } from '../whole-document.ts';

export const reader = wholeDocument({ document: (text) => ({ title: firstLineTitle(text), text }) });
