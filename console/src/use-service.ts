import { useEffect, useState } from 'react';
import type { FirstRun } from '../../src/contract/first-run.ts';
import { followService } from './api.ts';

export interface ServiceState {
  /** Name of the live release; null before the service was heard of for the first time. */
  readonly release: string | undefined | null;
  /** How far the first run is, or was when it ended, while no release is live. */
  readonly firstRun: FirstRun | undefined;
  /** The service does not answer. */
  readonly lost: boolean;
}

const unknown: ServiceState = { release: null, firstRun: undefined, lost: false };

/** What the service says of itself: at once while its first run goes on, every few seconds afterwards. */
export function useService(answered: string | undefined): ServiceState {
  const [state, setState] = useState(unknown);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      let wait = 2000;
      try {
        if (document.visibilityState === 'visible') {
          await followService(signal, ({ release, firstRun }) => {
            if (release !== undefined) wait = 5000;
            setState({ release, firstRun, lost: false });
          });
        }
      } catch {
        // The last that was heard of a first run, why it failed above all, stays to be read.
        if (!signal.aborted) setState(({ firstRun }) => ({ release: undefined, firstRun, lost: true }));
      }
      if (!signal.aborted) timer = setTimeout(() => void look(), wait);
    };
    void look();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [answered]);
  return state;
}
