import { useEffect, useRef } from 'react';
import type { Answer, Citation } from '../../src/contract/answer.ts';
import { highlighted } from './highlight.ts';
import { claims } from './marks.ts';
import type { Texts } from './texts.ts';

interface Props {
  readonly texts: Texts;
  readonly answer: Answer;
  readonly open: number | undefined;
  readonly onToggle: (n: number) => void;
  readonly prefix: string;
}

/** The passages that an answer rests on; one at a time is open. */
export function SourceList({ texts, answer, open, onToggle, prefix }: Props) {
  if (answer.citations.length === 0) return null;
  return (
    <section className="sources" aria-label={texts.sources}>
      <h3>{texts.sources}</h3>
      <ol>
        {answer.citations.map((citation) => (
          <Source
            key={citation.n}
            id={`${prefix}-${citation.n}`}
            citation={citation}
            claimed={claims(answer.answer, citation.n)}
            open={open === citation.n}
            onToggle={() => onToggle(citation.n)}
          />
        ))}
      </ol>
    </section>
  );
}

interface SourceProps {
  readonly id: string;
  readonly citation: Citation;
  readonly claimed: readonly string[];
  readonly open: boolean;
  readonly onToggle: () => void;
}

function Source({ id, citation, claimed, open, onToggle }: SourceProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (open) item.current?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
  }, [open]);
  const title = citation.heading === '' ? citation.source : citation.heading.split(' > ').at(-1);
  return (
    <li ref={item} className={open ? 'source open' : 'source'}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={onToggle}>
        <span className="number">{citation.n}</span>
        <span className="title">
          {title}
          <small>{citation.source}</small>
        </span>
        <span className="chevron" aria-hidden="true" />
      </button>
      <div id={id} className="passage" hidden={!open}>
        {citation.heading.includes(' > ') && (
          <p className="path">{citation.heading.split(' > ').join(' › ')}</p>
        )}
        <blockquote>
          {highlighted(citation.text, claimed).map((stretch, at) =>
            stretch.marked ? <mark key={at}>{stretch.text}</mark> : <span key={at}>{stretch.text}</span>,
          )}
        </blockquote>
      </div>
    </li>
  );
}
