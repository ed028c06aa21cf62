import { exitCodes } from '../core/errors/entry.ts';

/** The first SIGINT, SIGTERM or SIGHUP aborts the signal, so that everything stops cleanly; a second one ends at once. */
export function interruptible(process: NodeJS.Process): AbortController {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort(new Error('interrupted'));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return controller;
}
