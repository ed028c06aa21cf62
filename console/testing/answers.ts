import type { Answer } from '../../src/contract/answer.ts';

/** An answer of two sentences that rest on two passages. */
export function answer(change: Partial<Answer> = {}): Answer {
  return {
    answer: 'The gateway listens on port 7411. [1] Nothing else reaches it. [2][1]',
    declined: false,
    language: 'en',
    citations: [
      {
        n: 1,
        source: 'docs/en/serve.md',
        heading: 'Serving > Port and address',
        text: 'A line before. The gateway listens on port 7411 of this machine. A line after.',
      },
      { n: 2, source: 'docs/en/limits.md', heading: '', text: 'Nothing else reaches it, by design.' },
    ],
    release: 'r3',
    timings: { retrieval: 12.4, generation: 1234, reranking: 0.31, total: 1500 },
    ...change,
  };
}

/** What would run if it were taken for markup. */
export const hostile = `<img src=x onerror="document.title='run'"><script>document.title='run'</script><b>bold</b>`;
