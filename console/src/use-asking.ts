import { useCallback, useEffect, useRef, useState } from 'react';
import { ask, AskError } from './api.ts';
import { loadHistory, saveHistory, type Exchange } from './exchange.ts';

/** The exchanges of this tab, newest first, and what can be done with them. */
export function useAsking() {
  const [exchanges, setExchanges] = useState(loadHistory);
  const current = useRef<AbortController>(undefined);
  useEffect(() => saveHistory(exchanges), [exchanges]);

  const submit = useCallback(async (question: string) => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    const id = Date.now();
    const change = (part: (before: Exchange) => Partial<Exchange>) =>
      setExchanges((all) => all.map((each) => (each.id === id ? { ...each, ...part(each) } : each)));
    setExchanges((all) => [{ id, question, state: 'asking', sentences: [] }, ...all]);
    try {
      const onSentence = (text: string) => change(({ sentences }) => ({ sentences: [...sentences, text] }));
      const answer = await ask(question, onSentence, controller.signal);
      change(() => ({ state: 'answered', answer }));
    } catch (error) {
      if (controller.signal.aborted) change(() => ({ state: 'stopped' }));
      else if (error instanceof AskError) change(() => ({ state: 'failed', failure: error.failure }));
      else change(() => ({ state: 'failed', failure: { message: String(error), code: 'page', status: 0 } }));
    }
  }, []);

  const stop = useCallback(() => current.current?.abort(), []);
  const clear = useCallback(() => setExchanges((all) => all.slice(0, 1)), []);
  return { exchanges, submit, stop, clear };
}
