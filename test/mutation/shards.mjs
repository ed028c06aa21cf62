/**
 * What is mutated, in parts that one can wait for, and which tests must notice: those beside the code, so that a part is
 * held by its own tests and not by chance. Left out is what no test in this process can see, because a child process
 * runs it, and what is a table, a statement or a drawing.
 *
 * `cold`: its modules remember what they computed, which must not outlive a mutant.
 */
export const shards = {
  'evaluate/statistics': {
    mutate: ['src/evaluate/statistics/*.ts'],
    tests: ['src/evaluate/statistics/*.test.ts'],
  },
  'evaluate/metrics': {
    mutate: ['src/evaluate/metrics/*.ts'],
    tests: ['src/evaluate/metrics/*.test.ts'],
    cold: true,
  },
  'evaluate/suite': {
    mutate: ['src/evaluate/{suite/*,holds-run}.ts'],
    tests: ['src/evaluate/{suite/*,holds-run}.test.ts'],
  },
  // Left out: `errors.ts`, codes that an acceptance test holds against their documentation; `answer/`, which runs a model
  // in a step's process; the drawing of reports, which the browser tests look at.
  'evaluate/score': {
    mutate: ['src/evaluate/{score/*,gates/*,choose/*,answers,section,report/report}.ts'],
    tests: ['src/evaluate/{score/*,choose/*,*}.test.ts'],
  },
  'flow/plan': {
    mutate: ['src/flow/{key,plan,outcome-error,step,log/*,code/*,executor/lines}.ts'],
    tests: ['src/flow/{key,plan,outcome-error,step,log/*,code/*,executor/lines}.test.ts'],
  },
  'flow/lineage': {
    mutate: ['src/flow/{lineage,lineage-walk}.ts'],
    tests: ['src/flow/lineage-walk.test.ts'],
  },
  'flow/engine': {
    mutate: ['src/flow/{cache,curves,elsewhere,engine-lock,flow,journal,recover,run-plan,run-step}.ts'],
    tests: ['src/flow/{engine,runs,curves,engine-lock}.test.ts'],
  },
  // Left out: `errors.ts`; `step-process.ts` and `run-task.ts`, which run in a step's process.
  'flow/executor': {
    mutate: ['src/flow/executor/{placed-task,process-executor,step-child}.ts'],
    tests: ['src/flow/executor/executor.test.ts'],
  },
  'store/artifacts': {
    mutate: ['src/store/{artifacts/*,environment-error,make-folder,open,set-aside,workspaces}.ts'],
    tests: [
      'src/store/{artifacts/*,environment-error,lost-records,make-folder,open,set-aside,workspaces}.test.ts',
    ],
  },
  // Left out: `migrations/`, statements that never change again; what they make together has a test.
  'store/records': {
    mutate: ['src/store/{records/*,lost-records}.ts'],
    // Lineage is read in the terms of the records, and its tests write them.
    tests: ['src/store/{records/*,lost-records}.test.ts', 'src/flow/lineage-walk.test.ts'],
  },
};
