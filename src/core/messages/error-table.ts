import type { MessageEntry } from './entry.ts';
import type { ErrorText } from './error-texts.ts';
import { appErrorTexts } from './texts/errors/app.ts';
import { cliErrorTexts } from './texts/errors/cli.ts';
import { contractErrorTexts } from './texts/errors/contract.ts';
import { dataErrorTexts } from './texts/errors/data.ts';
import { deployErrorTexts } from './texts/errors/deploy.ts';
import { evaluateErrorTexts } from './texts/errors/evaluate.ts';
import { flowErrorTexts } from './texts/errors/flow.ts';
import { projectErrorTexts } from './texts/errors/project.ts';
import { releaseErrorTexts } from './texts/errors/release.ts';
import { serveErrorTexts } from './texts/errors/serve.ts';
import { storeErrorTexts } from './texts/errors/store.ts';
import { trainErrorTexts } from './texts/errors/train.ts';
import { trainJobErrorTexts } from './texts/errors/train-jobs.ts';

/** What every code means and what to do about it; the handbook's error pages are written from it. */
export const errorTextTable = {
  ...appErrorTexts,
  ...cliErrorTexts,
  ...contractErrorTexts,
  ...dataErrorTexts,
  ...deployErrorTexts,
  ...evaluateErrorTexts,
  ...flowErrorTexts,
  ...projectErrorTexts,
  ...releaseErrorTexts,
  ...serveErrorTexts,
  ...storeErrorTexts,
  ...trainErrorTexts,
  ...trainJobErrorTexts,
} as const;

type Remedies = {
  readonly [Code in keyof typeof errorTextTable as `remedy.${Code}`]: MessageEntry & { readonly en: string };
};

/** What to do about an error of each code, as texts that a message may name. */
export const remedyMessages = Object.fromEntries(
  Object.entries<ErrorText>(errorTextTable).map(([code, { remedy }]) => [`remedy.${code}`, remedy]),
) as unknown as Remedies;
