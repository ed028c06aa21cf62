import type { Answer } from '../contract/answer.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import { Deadline, withDeadline } from '../core/deadline.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { say } from '../core/messages/message.ts';
import type { Language } from '../core/language.ts';
import { detectLanguage } from '../text/language.ts';
import { Citations, marked } from './answering/citations.ts';
import { quote, shortDraft, type Draft } from './answering/compose.ts';
import { declinedText } from './answering/declined.ts';
import { defaultLimits, type Limits } from './answering/limits.ts';
import { evidenceOf, supportOf } from './checking/confidence.ts';
import { phrase } from './generation/phrase.ts';
import type { Generator } from '../contract/generator.ts';
import type { Lexicon } from './lexicon.ts';
import { analyse } from './question/analyse.ts';
import { acceptQuestion, saysSomething } from './question/input.ts';
import type { Question } from './question/question.ts';
import { searchText } from './question/search-text.ts';
import { read, type Reading } from './reading/reader.ts';
import type { Retriever, ScoredPassage } from './retrieval/retriever.ts';
import type { QaSettings } from './settings.ts';
import { Stopwatch } from './stopwatch.ts';
import { noTranslator, type Translator } from './translation/translator.ts';

export interface QaDeps {
  readonly retriever: Retriever;
  /** How rare the index's words are: `lexiconOf(passages)`. */
  readonly lexicon: Lexicon;
  readonly settings: QaSettings;
  /** Name of the release that answers. */
  readonly release: string;
  /** Phrases answers of whole sentences; without it they are quoted. */
  readonly generator?: Generator;
  /** @default one that knows no terms */
  readonly translator?: Translator;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
}

export interface QaRequest {
  readonly question: string;
  /** Language of the answer. @default the question's own */
  readonly language?: Language;
}

/** One checked sentence, sent while the rest is still being made. */
export interface AnsweredSentence {
  readonly text: string;
  /** Numbers of the citations it rests on. */
  readonly citations: readonly number[];
}

export interface AnswerOptions {
  readonly signal: AbortSignal;
  readonly onSentence?: (sentence: AnsweredSentence) => void;
  /** Passages to retrieve for `onRetrieved`; only `settings.passages` of them are read. @default as many as are read */
  readonly depth?: number;
  /** The passages as retrieved, best first: what an evaluation records. */
  readonly onRetrieved?: (passages: readonly ScoredPassage[]) => void;
  /** A sentence is the model's own wording; the others are quoted. */
  readonly onPhrased?: () => void;
  /** What went wrong and was got over: a model that failed, a translator that was late. */
  readonly onTrouble?: (trouble: { readonly part: string; readonly error: unknown }) => void;
}

export interface QaService {
  /**
   * Answers from the documents, or says plainly that they do not say.
   *
   * @throws TOW_SERVE_QA_QUESTION_EMPTY, TOW_SERVE_QA_QUESTION_LONG, TOW_SERVE_QA_RETRIEVAL_FAILED, or the signal's reason
   */
  answer(request: QaRequest, options: AnswerOptions): Promise<Answer>;
}

export function createQaService(deps: QaDeps): QaService {
  const clock = deps.clock ?? systemClock;
  return {
    answer: async (request, options) => await new Answering(deps, options, new Stopwatch(clock)).run(request),
  };
}

/** One question on its way through the parts. */
class Answering {
  readonly #deps: QaDeps;
  readonly #options: AnswerOptions;
  readonly #watch: Stopwatch;
  readonly #limits: Limits;
  readonly #citations = new Citations();
  readonly #said: string[] = [];

  constructor(deps: QaDeps, options: AnswerOptions, watch: Stopwatch) {
    this.#deps = deps;
    this.#options = options;
    this.#watch = watch;
    this.#limits = { ...defaultLimits, ...deps.limits };
  }

  async run(request: QaRequest): Promise<Answer> {
    this.#options.signal.throwIfAborted();
    const text = acceptQuestion(request.question);
    const detected = await this.#watch.time('language', () => detectLanguage(text));
    const language = request.language ?? detected;
    if (!saysSomething(text)) return this.#declined(language);

    const question = await this.#watch.time('analysis', () => analyse(text, detected, this.#deps.lexicon));
    const found = await this.#found(question);
    if (!found.supported) return this.#declined(language);
    await this.#write(question, found, language);
    return this.#finish(this.#said.join(language === 'zh' ? '' : ' '), false, language);
  }

  /** A short answer, else the best sentences as the model phrases them, else those sentences themselves. */
  async #write(question: Question, found: Found, language: Language): Promise<void> {
    const foreign = found.language !== language;
    const short = shortDraft(question, found.reading);
    if (short !== undefined) {
      this.#say(short, found.passages, foreign);
      return;
    }
    const quoted = quote(question, found.reading);
    // Steps, code and verdicts are quoted as they stand; so are documents in another language than the answer's.
    const prose = found.reading.units[0]?.unit.kind === 'sentence' && !foreign && phrased.has(question.kind);
    if (prose) await this.#phrased(question, quoted, found.passages);
    if (this.#said.length === 0) for (const draft of quoted) this.#say(draft, found.passages, foreign);
  }

  async #phrased(
    question: Question,
    quoted: readonly Draft[],
    passages: readonly ScoredPassage[],
  ): Promise<void> {
    const { generator, settings } = this.#deps;
    const { signal } = this.#options;
    if (generator === undefined) return;
    const limit = new Deadline(this.#limits.generation, signal);
    const checked = <T>(work: () => T): T => this.#watch.during('checking', work);
    try {
      await this.#watch.time('generation', async () => {
        for await (const draft of phrase(generator, question, quoted, settings, limit.signal, checked)) {
          this.#options.onPhrased?.();
          this.#say(draft, passages);
        }
      });
    } catch (error) {
      signal.throwIfAborted();
      this.#options.onTrouble?.({ part: 'generation', error });
    } finally {
      // Whatever the model still writes is of no use: this frees its slot.
      limit.abort();
    }
  }

  /** Retrieval and reading: in the asker's language first, then in the other through the translator's terms. */
  async #found(question: Question): Promise<Found> {
    const own = await this.#attempt(question, searchText(question), question.language);
    if (own.supported) return own;
    const other = question.language === 'zh' ? 'en' : 'zh';
    const terms = await this.#translated(question.text, other);
    if (terms.length === 0) return own;
    const known = analyse(terms.join(' '), other, this.#deps.lexicon);
    const translated = {
      ...question,
      language: other,
      keywords: known.keywords,
      entities: [],
      focus: [],
    } as const;
    return await this.#attempt(translated, terms.join(' '), other);
  }

  async #attempt(question: Question, query: string, language: Language): Promise<Found> {
    const { settings } = this.#deps;
    const retrieved = await this.#retrieve(query, language);
    this.#options.onRetrieved?.(retrieved);
    const passages = retrieved.slice(0, settings.passages);
    const reading = this.#watch.during('reading', () => read(question, passages));
    const support = this.#watch.during('checking', () => supportOf(evidenceOf(question, reading)));
    return { passages, reading, language, supported: support >= settings.declineBelow };
  }

  async #retrieve(query: string, language: Language): Promise<ScoredPassage[]> {
    const { signal } = this.#options;
    try {
      return await this.#watch.time('retrieval', () =>
        withDeadline(this.#limits.retrieval, signal, (limited) =>
          this.#deps.retriever.search(
            query,
            Math.max(this.#deps.settings.passages, this.#options.depth ?? 0),
            limited,
            language === 'und' ? {} : { language },
          ),
        ),
      );
    } catch (cause) {
      signal.throwIfAborted();
      throw new TowpathError('TOW_SERVE_QA_RETRIEVAL_FAILED', say('serve.not-searched'), { cause });
    }
  }

  async #translated(text: string, to: Language): Promise<string[]> {
    const { signal } = this.#options;
    const translator = this.#deps.translator ?? noTranslator;
    try {
      return await this.#watch.time('translation', () =>
        withDeadline(this.#limits.translation, signal, (limited) => translator.translate(text, to, limited)),
      );
    } catch (error) {
      signal.throwIfAborted();
      this.#options.onTrouble?.({ part: 'translation', error });
      return [];
    }
  }

  /** @param foreign the words are in another language than the answer: they stand in quotation marks */
  #say(draft: Draft, passages: readonly ScoredPassage[], foreign = false): void {
    const numbers = draft.ranks.flatMap((rank) => {
      const found = passages[rank];
      return found === undefined ? [] : [this.#citations.cite(found.passage)];
    });
    const text = marked(foreign ? `“${draft.text}”` : draft.text, numbers);
    this.#said.push(text);
    this.#options.onSentence?.({ text, citations: numbers });
  }

  #declined(language: Language): Answer {
    const text = declinedText(language);
    this.#options.onSentence?.({ text, citations: [] });
    return this.#finish(text, true, language);
  }

  #finish(answer: string, declined: boolean, language: Language): Answer {
    return {
      answer,
      declined,
      language,
      citations: this.#citations.all(),
      release: this.#deps.release,
      timings: this.#watch.timings(),
    };
  }
}

/**
 * Kinds whose answers a model may phrase. Elsewhere the very words matter - what to type, yes or no, a value -, and on
 * the handbook's suite a model of 135M parameters made no such answer better; bench/qa/README.md has the figures.
 */
const phrased = new Set<Question['kind']>(['definition', 'reason', 'other']);

interface Found {
  readonly passages: readonly ScoredPassage[];
  readonly reading: Reading;
  /** Of the passages. */
  readonly language: Language;
  readonly supported: boolean;
}
