/** Import direction: core <- project, store <- flow <- stages <- app <- cli, api. Type-only imports count. */
const stages = ['data', 'train', 'evaluate', 'release', 'deploy', 'serve', 'watch', 'govern'];

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule(
      'core-imports-nothing-of-ours',
      'core holds ids, digests, errors and text: move what needs more to the stage that needs it.',
      { path: '^src/core/' },
      { path: '^src/(?!core/)' },
    ),
    rule(
      'project-and-store-import-only-core',
      'A stage hands its section to project/ through app/; a store knows no stage.',
      { path: '^src/(project|store)/' },
      { path: '^src/(?!core/|project/|store/)' },
    ),
    rule(
      'project-and-store-stay-apart',
      'Let app/ read the project and open the store.',
      { path: '^src/(project|store)/' },
      { path: '^src/(project|store)/', pathNot: '^src/$1/' },
    ),
    rule(
      'flow-imports-no-stage',
      'The engine runs what app/ plans; pass the step in instead of importing it.',
      { path: '^src/flow/' },
      { path: '^src/(?!core/|project/|store/|flow/)' },
    ),
    rule(
      'stages-import-no-stage',
      'Share a record type through core/ or an artifact; let app/ wire the two.',
      { path: `^src/(${stages.join('|')})/` },
      { path: `^src/(${[...stages, 'app', 'cli', 'api'].join('|')})/`, pathNot: '^src/$1/' },
    ),
    rule(
      'app-imports-no-front-end',
      'cli/ and api/ call app/, never the other way round.',
      { path: '^src/app/' },
      { path: '^src/(cli|api)/' },
    ),
    rule(
      'front-ends-call-app',
      'cli/ and api/ are thin: put the work in app/ and call it.',
      { path: '^src/(cli|api)/' },
      { path: `^src/(store|flow|${stages.join('|')})/` },
    ),
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
