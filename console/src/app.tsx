import { useEffect } from 'react';
import { AnswerCard } from './answer-card.tsx';
import { AskBox } from './ask-box.tsx';
import { FirstRunCard } from './first-run.tsx';
import { useLanguage, useTheme } from './preferences.ts';
import { texts, type Texts } from './texts.ts';
import { useAsking } from './use-asking.ts';
import { useService, type ServiceState } from './use-service.ts';

export function App() {
  const [language, toggleLanguage] = useLanguage();
  const [theme, toggleTheme] = useTheme();
  const { exchanges, submit, stop, clear } = useAsking();
  const t = texts[language];
  const [current, ...earlier] = exchanges;
  const service = useService(current?.answer?.release);
  const { release, firstRun } = service;
  const askNow = (question: string) => void submit(question);

  useEffect(() => {
    document.title = `Towpath · ${t.title}`;
  }, [t]);

  return (
    <>
      <header className="bar">
        <div className="brand">
          <Logo />
          <strong>Towpath</strong>
        </div>
        <Status t={t} {...service} />
        <button
          type="button"
          className="quiet"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          aria-label={t.languageLabel}
          onClick={toggleLanguage}
        >
          {t.language}
        </button>
        <button
          type="button"
          className="quiet icon"
          aria-label={t.theme}
          title={t.theme}
          onClick={toggleTheme}
        >
          <ThemeIcon dark={theme === 'dark'} />
        </button>
      </header>
      <main className={current === undefined && firstRun === undefined ? 'empty' : ''}>
        <div className="intro">
          <h1>{t.title}</h1>
          <p>{t.lead}</p>
        </div>
        {release === undefined && firstRun !== undefined && (
          <FirstRunCard texts={t} firstRun={firstRun} lost={service.lost} />
        )}
        <AskBox
          texts={t}
          asking={current?.state === 'asking'}
          early={release === undefined && firstRun !== undefined}
          onAsk={askNow}
          onStop={stop}
        />
        {current !== undefined && (
          <AnswerCard key={current.id} texts={t} exchange={current} onAskAgain={askNow} />
        )}
        {earlier.length > 0 && (
          <section className="earlier" aria-labelledby="earlier">
            <div className="row">
              <h2 id="earlier">{t.earlier}</h2>
              <button type="button" className="quiet" onClick={clear}>
                {t.clear}
              </button>
            </div>
            {earlier.map((exchange) => (
              <details key={exchange.id}>
                <summary>{exchange.question}</summary>
                <AnswerCard texts={t} exchange={exchange} onAskAgain={askNow} />
              </details>
            ))}
          </section>
        )}
      </main>
    </>
  );
}

function Status({ t, release, firstRun, lost }: ServiceState & { readonly t: Texts }) {
  if (release === null) return <span className="status" />;
  const off = firstRun !== undefined ? t.firstRun[firstRun.state] : lost ? t.away : t.notReady;
  return (
    <span className={release === undefined ? 'status off' : 'status'} role="status">
      <i aria-hidden="true" />
      {release === undefined ? off : `${t.release} ${release} · ${t.live}`}
    </span>
  );
}

function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="logo-ground" />
      <path d="M6 21c3.3 0 3.3 2 6.700 2s3.300-2 6.600-2 3.300 2 6.700 2" className="logo-water" />
      <path d="M7 8h18M16 8v9M11 17h10" className="logo-mark" />
    </svg>
  );
}

function ThemeIcon({ dark }: { readonly dark: boolean }) {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" className="line" aria-hidden="true">
      {dark ? (
        <path d="M20 14.500A8 8 0 0 1 9.500 4 8 8 0 1 0 20 14.500Z" />
      ) : (
        <path d="M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600l1.400 1.400M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400" />
      )}
    </svg>
  );
}
