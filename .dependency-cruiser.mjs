/**
 * What each folder may import, type-only imports counted: core <- project, store <- flow <- the stages <- app <- cli. A folder
 * that is not named here may import nothing of ours, and nobody may import it: whoever adds one says where it stands.
 */
const folders = {
  core: [],
  project: ['core'],
  store: ['core'],
  flow: ['core', 'store'],
  data: ['core', 'project', 'store', 'flow'],
  train: ['core', 'project', 'store', 'flow'],
  evaluate: ['core', 'project', 'flow'],
  release: ['core', 'flow'],
  deploy: ['core'],
  serve: ['core', 'project'],
  app: [
    ...['core', 'project', 'store', 'flow'],
    ...['data', 'train', 'evaluate', 'release', 'deploy', 'serve'],
  ],
  cli: ['core', 'project', 'app'],
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
