import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { AnswerCard } from '../src/answer-card.tsx';
import { App } from '../src/app.tsx';
import { AskBox } from '../src/ask-box.tsx';
import { FirstRunCard } from '../src/first-run.tsx';
import { SourceList } from '../src/source-list.tsx';
import { texts } from '../src/texts.ts';
import '../src/style.css';
import type { Heard, Scene } from './scene.ts';

declare global {
  interface Window {
    /** Shows a scene in the place of the one before: the same component stays mounted. */
    show: (scene: Scene) => void;
    /** Leaves nothing on the page, or kept by it, of what was shown. */
    clear: () => void;
    heard: Heard[];
  }
}

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no #root');
const root = createRoot(element);

const hear =
  (name: string) =>
  (...values: Heard['values']) =>
    void window.heard.push({ name, values });

function Shown({ scene }: { readonly scene: Scene }) {
  const t = texts[scene.language ?? 'en'];
  switch (scene.part) {
    case 'app':
      return <App />;
    case 'answer-card':
      return <AnswerCard texts={t} exchange={scene.exchange} onAskAgain={hear('ask again')} />;
    case 'ask-box':
      return (
        <AskBox
          texts={t}
          asking={scene.asking ?? false}
          early={scene.early ?? false}
          onAsk={hear('ask')}
          onStop={() => hear('stop')()}
        />
      );
    case 'source-list':
      return (
        <SourceList
          texts={t}
          answer={scene.answer}
          open={scene.open}
          prefix="source"
          onToggle={hear('toggle')}
        />
      );
    case 'first-run':
      return <FirstRunCard texts={t} firstRun={scene.firstRun} lost={scene.lost ?? false} />;
  }
}

window.heard = [];
window.show = (scene) => {
  if (scene.part !== 'app') document.documentElement.dataset['theme'] = scene.theme ?? 'light';
  const shown = <Shown scene={scene} />;
  const framed = scene.part === 'app' ? shown : <main key={scene.part}>{shown}</main>;
  flushSync(() => root.render(<StrictMode>{framed}</StrictMode>));
};
window.clear = () => {
  flushSync(() => root.render(null));
  window.heard = [];
  sessionStorage.clear();
  localStorage.clear();
};
