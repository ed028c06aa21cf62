import { useEffect, useState } from 'react';
import type { UiLanguage } from './texts.ts';

/** Kept in this browser; without a store the browser's own preference holds. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forbidden storage: the choice holds for this visit.
  }
}

/** Language of the page: as chosen, or the browser's. */
export function useLanguage(): [UiLanguage, () => void] {
  const [language, setLanguage] = useState<UiLanguage>(() => {
    const chosen = stored('towpath.language');
    if (chosen === 'en' || chosen === 'zh') return chosen;
    return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  });
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const toggle = () => {
    const next = language === 'zh' ? 'en' : 'zh';
    store('towpath.language', next);
    setLanguage(next);
  };
  return [language, toggle];
}

type Theme = 'light' | 'dark';

/** Light or dark: as chosen, or the system's. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const chosen = stored('towpath.theme');
    if (chosen === 'light' || chosen === 'dark') return chosen;
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  });
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const toggle = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    store('towpath.theme', next);
    setTheme(next);
  };
  return [theme, toggle];
}
