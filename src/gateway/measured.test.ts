import { expect, test } from 'vitest';
import { measured } from './measured.ts';
import { GatewayMetrics } from './metrics.ts';
import type { Answerer } from './snapshot.ts';

test('an answer is counted with its parts, and what it got over with the part that failed', async () => {
  const metrics = new GatewayMetrics({ requests: () => ({ running: 0, waiting: 0 }), connections: () => 0 });
  const seen: string[] = [];
  const qa: Answerer = {
    answer(_, { onTrouble }) {
      onTrouble?.({ part: 'generation', error: new Error('too late') });
      const timings = { retrieval: 3 };
      return Promise.resolve({
        ...{ answer: '7', declined: false, language: 'en', citations: [], release: 'r1', timings },
      });
    },
  };
  const { signal } = new AbortController();
  const counted = measured({ release: 'r1', since: 0, qa }, metrics).qa;
  await counted.answer({ question: 'How many?' }, { signal, onTrouble: ({ part }) => seen.push(part) });
  const text = await metrics.text();
  expect(text).toContain('towpath_qa_answers_total{release="r1",language="en",declined="false"} 1');
  expect(text).toContain('towpath_qa_troubles_total{release="r1",part="generation"} 1');
  expect(text).toContain('towpath_qa_part_duration_seconds_count{release="r1",part="retrieval"} 1');
  expect(seen).toEqual(['generation']);
});
