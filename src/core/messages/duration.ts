import { say, type Message } from './message.ts';

/** Milliseconds as people read them: `840 ms`, `3.2 s`, `2 min 05 s`, `1 h 02 min`. */
export function duration(ms: number): Message {
  if (ms < 1000) return say('time.ms', { ms: Math.max(0, Math.round(ms)) });
  if (ms < 59_950) return say('time.seconds', { seconds: (ms / 1000).toFixed(1) });
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600)
    return say('time.minutes', { minutes: Math.floor(seconds / 60), seconds: twoDigits(seconds % 60) });
  const minutes = Math.round(seconds / 60);
  return say('time.hours', { hours: Math.floor(minutes / 60), minutes: twoDigits(minutes % 60) });
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
