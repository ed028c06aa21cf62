import { useState } from 'react';
import type { Answer } from '../../src/contract/answer.ts';
import type { Exchange } from './exchange.ts';
import { pieces } from './marks.ts';
import { SourceList } from './source-list.tsx';
import type { Texts } from './texts.ts';

interface Props {
  readonly texts: Texts;
  readonly exchange: Exchange;
  readonly onAskAgain: (question: string) => void;
}

/** One question with its answer, as it comes and when it is whole. */
export function AnswerCard({ texts, exchange, onAskAgain }: Props) {
  const [open, setOpen] = useState<number>();
  const { state, answer, failure } = exchange;
  const toggle = (n: number) => setOpen((now) => (now === n ? undefined : n));
  const text = answer?.answer ?? joined(exchange.sentences);
  const prefix = `source-${exchange.id}`;

  return (
    <article className={answer?.declined === true ? 'card declined' : 'card'} data-state={state}>
      <h2>{exchange.question}</h2>
      <div className="answer" aria-live="polite" aria-busy={state === 'asking'}>
        {answer?.declined === true && <p className="badge">{texts.declined}</p>}
        {text !== '' && (
          <p className="text" lang={answer?.language}>
            <Marked text={text} answer={answer} open={open} prefix={prefix} texts={texts} onToggle={toggle} />
            {state === 'asking' && <span className="caret" aria-hidden="true" />}
          </p>
        )}
        {state === 'asking' && text === '' && <Searching label={texts.searching} />}
        {answer?.declined === true && <p className="muted">{texts.declinedHint}</p>}
        {state === 'stopped' && <p className="muted">{texts.stopped}</p>}
        {failure !== undefined && (
          <div className="failure" role="alert">
            <strong>{texts.failed}</strong>
            <p>{texts.errors[failure.code] ?? failure.message}</p>
            <code>{failure.code}</code>
          </div>
        )}
      </div>
      {answer !== undefined && (
        <SourceList texts={texts} answer={answer} open={open} onToggle={toggle} prefix={prefix} />
      )}
      <footer>
        {answer !== undefined && <Facts texts={texts} answer={answer} />}
        {(state === 'failed' || state === 'stopped') && (
          <button type="button" className="quiet" onClick={() => onAskAgain(exchange.question)}>
            {texts.again}
          </button>
        )}
        {answer !== undefined && !answer.declined && canCopy && <Copy texts={texts} text={answer.answer} />}
      </footer>
    </article>
  );
}

interface MarkedProps {
  readonly text: string;
  readonly answer: Answer | undefined;
  readonly open: number | undefined;
  readonly prefix: string;
  readonly texts: Texts;
  readonly onToggle: (n: number) => void;
}

/** The answer with its marks as buttons that open the passage. */
function Marked({ text, answer, open, prefix, texts, onToggle }: MarkedProps) {
  const known = new Set(answer?.citations.map((citation) => citation.n) ?? marksIn(text));
  return pieces(text, known).map((piece, at) =>
    'text' in piece ? (
      <span key={at}>{piece.text}</span>
    ) : (
      <button
        key={at}
        type="button"
        className="mark"
        disabled={answer === undefined}
        aria-label={texts.openSource(piece.citation)}
        aria-expanded={open === piece.citation}
        aria-controls={`${prefix}-${piece.citation}`}
        onClick={() => onToggle(piece.citation)}
      >
        {piece.citation}
      </button>
    ),
  );
}

function Facts({ texts, answer }: { readonly texts: Texts; readonly answer: Answer }) {
  const { total, ...parts } = answer.timings;
  return (
    <details className="facts">
      <summary>
        {texts.release} {answer.release}
        {total !== undefined && ` · ${milliseconds(total)}`}
      </summary>
      <dl aria-label={texts.timings}>
        {Object.entries(parts).map(([part, ms]) => (
          <div key={part}>
            <dt>{texts.parts[part] ?? part}</dt>
            <dd>{milliseconds(ms)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Copy({ texts, text }: { readonly texts: Texts; readonly text: string }) {
  const [label, setLabel] = useState<'copy' | 'copied' | 'notCopied'>('copy');
  const copy = async () => {
    const written = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setLabel(written ? 'copied' : 'notCopied');
    setTimeout(() => setLabel('copy'), 2000);
  };
  return (
    <button type="button" className="quiet" onClick={() => void copy()}>
      {texts[label]}
    </button>
  );
}

/** A page of another machine has no clipboard unless it came by TLS, whatever the types say. */
const canCopy = (navigator as { readonly clipboard?: Clipboard }).clipboard !== undefined;

function Searching({ label }: { readonly label: string }) {
  return (
    <p className="searching">
      <span className="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {label}
    </p>
  );
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

function joined(sentences: readonly string[]): string {
  return sentences.reduce(
    (text, next) => (text === '' || /\p{Script=Han}/u.test(next) ? text + next : `${text} ${next}`),
    '',
  );
}

function marksIn(text: string): number[] {
  return Array.from(text.matchAll(/\[(\d{1,3})\]/g), (match) => Number(match[1]));
}
