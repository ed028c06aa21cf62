import type { ErrorEntry } from './code.ts';
import { appCodes } from './codes/app.ts';
import { cliCodes } from './codes/cli.ts';
import { dataCodes } from './codes/data.ts';
import { deployCodes } from './codes/deploy.ts';
import { evaluateCodes } from './codes/evaluate.ts';
import { flowCodes } from './codes/flow.ts';
import { projectCodes } from './codes/project.ts';
import { releaseCodes } from './codes/release.ts';
import { serveCodes } from './codes/serve.ts';
import { storeCodes } from './codes/store.ts';
import { trainJobCodes } from './codes/train-jobs.ts';
import { trainCodes } from './codes/train.ts';

/** Every error code that Towpath can report; the handbook's error pages are written from it. */
export const errorRegistry = {
  ...projectCodes,
  ...storeCodes,
  ...flowCodes,
  ...dataCodes,
  ...trainCodes,
  ...trainJobCodes,
  ...evaluateCodes,
  ...releaseCodes,
  ...deployCodes,
  ...serveCodes,
  ...appCodes,
  ...cliCodes,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorRegistry;

/** Whether a text from another program is one of our codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorRegistry, text);
}
