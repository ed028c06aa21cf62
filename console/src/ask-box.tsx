import { useEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import type { Texts } from './texts.ts';

interface Props {
  readonly texts: Texts;
  readonly asking: boolean;
  /** No release is live yet: a question can be written, not asked. */
  readonly early: boolean;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}

export function AskBox({ texts, asking, early, onAsk, onStop }: Props) {
  const [question, setQuestion] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    field.current?.focus();
    const comeBack = (event: globalThis.KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(?:TEXTAREA|INPUT)$/.test(event.target.tagName);
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', comeBack);
    return () => document.removeEventListener('keydown', comeBack);
  }, []);

  useEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = '';
    // Empty, its height is the style's: a placeholder that wraps would otherwise be measured.
    if (question !== '') element.style.height = `${Math.min(element.scrollHeight, 220)}px`;
  }, [question]);

  const submit = (event?: SubmitEvent) => {
    event?.preventDefault();
    if (early || question.trim() === '') {
      field.current?.focus();
      return;
    }
    onAsk(question.trim());
    setQuestion('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is composing, Enter chooses characters; Safari ends the composition before it tells of the key.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells of it there
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !composing) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape' && asking) onStop();
  };

  return (
    <form className="ask" onSubmit={submit}>
      <label className="hidden" htmlFor="question">
        {texts.label}
      </label>
      <textarea
        id="question"
        ref={field}
        rows={1}
        maxLength={4000}
        value={question}
        placeholder={texts.placeholder}
        aria-describedby="ask-hint"
        onChange={(event) => setQuestion(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {asking ? (
        <button type="button" className="primary" onClick={onStop}>
          {texts.stop}
        </button>
      ) : (
        // Disabled, it would lose the focus whenever a question was asked or stopped with it.
        <button type="submit" className="primary" aria-disabled={early || question.trim() === ''}>
          {texts.ask}
        </button>
      )}
      <p id="ask-hint" className="hint">
        {early ? texts.earlyHint : texts.hint}
      </p>
    </form>
  );
}
