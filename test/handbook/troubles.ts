import type { TestProject } from '../product/project.ts';

/** Projects with something wrong: a command that shows an error runs in the one that has it. */
export const troubles: readonly {
  readonly code: string;
  readonly make: (project: TestProject) => Promise<void>;
}[] = [
  {
    code: 'TOW_PROJECT_INVALID',
    make: (project) => project.write('towpath.yaml', mistakes),
  },
  {
    code: 'TOW_EVALUATE_GATE_FAILED',
    make: async (project) => {
      await project.configure({ gates: '    - { metric: answer.f1, language: zh, min: 0.99 }' });
      await project.edit('suite/all.jsonl', '石桥建于哪一年？', '石桥是谁建的？');
      await project.edit('suite/all.jsonl', '"1688年","1688"', '"石匠"');
    },
  },
  {
    code: 'TOW_PROJECT_UNTRUSTED',
    make: (project) =>
      project.configure({
        from: [
          '      - hf: owner/repo',
          '        revision: 91cad51170dc346986eccefdc2dd33a9da36ead9',
          '        file: model.gguf',
          '        endpoint: https://mirror.example',
          '        token: env:HF_TOKEN',
        ].join('\n'),
      }),
  },
  {
    code: 'TOW_TRAIN_WEIGHTS_MISMATCH',
    make: async (project) => {
      await project.configure({ sha256: 'b179c952'.repeat(8) });
      await project.edit('towpath.yaml', 'name: tiny', 'name: SmolLM2-135M-Instruct');
    },
  },
];

/** The two mistakes stand where the page says that they do: in lines 14 and 31. */
const mistakes = `project: manuals
sources:
  - name: docs
    files: ["docs/**/*.md"]
    exclude: ["docs/drafts/**"]
data:
  languages: [en, zh]
index:
  passage:
    max_characters: 1200
    min_characters: 200
qa:
  decline_below: 0.3
  passage_count: 8
  max_tokens: 128
  temperature: 0
evaluate:
  suites: [suite/all.jsonl]
  k: [1, 5, 10]
  gates:
    - metric: retrieval.recall@5
      min: 0.95
    - metric: refusal.accuracy
      min: 0.7
  bootstrap:
    resamples: 1000
    seed: 7
serve:
  slots: 2
  queue: 16
  port: 74110
`;
