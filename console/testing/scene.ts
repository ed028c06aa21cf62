import type { Answer } from '../../src/contract/answer.ts';
import type { FirstRun } from '../../src/contract/first-run.ts';
import type { Exchange } from '../src/exchange.ts';
import type { UiLanguage } from '../src/texts.ts';

interface Setting {
  readonly language?: UiLanguage;
  readonly theme?: 'light' | 'dark';
}

/** A component with what it is given; what it calls is heard. */
export type Scene = Setting &
  (
    | { readonly part: 'app' }
    | { readonly part: 'answer-card'; readonly exchange: Exchange }
    | { readonly part: 'ask-box'; readonly asking?: boolean; readonly early?: boolean }
    | { readonly part: 'source-list'; readonly answer: Answer; readonly open?: number }
    | { readonly part: 'first-run'; readonly firstRun: FirstRun; readonly lost?: boolean }
  );

/** One call of a component to whoever mounted it. */
export interface Heard {
  readonly name: string;
  readonly values: readonly (string | number)[];
}
