/**
 * What each folder may import, type-only imports counted: core <- contract, text <- project, store <- flow, llama <- the
 * stages, qa, replica, gateway <- app <- cli. A folder that is not named here may import nothing of ours, and nobody may
 * import it: whoever adds one says where it stands.
 */
const ground = ['core', 'contract', 'text'];
const folders = {
  core: [],
  duckdb: ['core'],
  contract: ['core', 'duckdb'],
  text: ['core'],
  project: ['core'],
  store: ['core', 'contract'],
  flow: ['core', 'contract', 'project', 'store'],
  llama: ['core', 'contract'],
  data: [...ground, 'duckdb', 'project', 'store', 'flow'],
  train: [...ground, 'project', 'store', 'flow', 'llama'],
  qa: [...ground, 'project', 'flow'],
  evaluate: [...ground, 'project', 'flow', 'llama', 'qa'],
  release: [...ground, 'flow'],
  deploy: ['core'],
  replica: ['core', 'contract', 'llama'],
  gateway: [...ground, 'project', 'flow', 'qa'],
  app: [
    ...[...ground, 'project', 'store', 'flow', 'llama'],
    ...['data', 'train', 'evaluate', 'release', 'deploy', 'qa', 'replica', 'gateway'],
  ],
  cli: [...ground, 'project', 'app'],
};

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  allowedSeverity: 'error',
  allowed: [
    { comment: 'Packages and Node.js.', from: {}, to: { pathNot: '^(?:src|test|console)/' } },
    { comment: 'Tests look at anything.', from: { path: '\\.test\\.ts$|/testing/|^test/' }, to: {} },
    ...Object.entries(folders).map(([folder, others]) => ({
      comment: `What ${folder}/ may import.`,
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(?:${[folder, ...others].join('|')})/` },
    })),
  ],
  forbidden: [
    rule('no-cycles', 'Extract what both files need into a third.', {}, { circular: true }),
    rule(
      'no-test-in-source',
      'Source must not depend on tests.',
      { path: '^src/', pathNot: '\\.test\\.ts$|/testing/' },
      { path: '\\.test\\.ts$|/testing/|^test/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules)/' },
  },
};
