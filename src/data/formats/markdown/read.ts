import { firstHeading } from '../title.ts';
import { wholeDocument } from '../whole-document.ts';
import { takeFrontMatter } from './front-matter.ts';

export const reader = wholeDocument({
  document(text) {
    const { title, body } = takeFrontMatter(text);
    return { title: title ?? firstHeading(body), text: body };
  },
});
