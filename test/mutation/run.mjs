// Changes the program in one small way after another and counts which of these changes the tests notice.
//   npm run test:mutation                       every part of src/evaluate, src/flow and src/store: hours
//   npm run test:mutation -- evaluate flow/plan the parts whose names begin so; they stand in shards.mjs
// Results and reports lie in coverage/mutation/. What has not changed since is not tried again; remove that folder to
// begin anew.
import { performance } from 'node:perf_hooks';
import { Stryker } from '@stryker-mutator/core';
import { shards } from './shards.mjs';

/** Least share of mutants that the tests must notice, over all parts together. */
const least = 80;

const asked = process.argv.slice(2);
const chosen = Object.keys(shards).filter(
  (name) => asked.length === 0 || asked.some((each) => name === each || name.startsWith(`${each}/`)),
);
if (chosen.length === 0) throw new Error(`the parts are ${Object.keys(shards).join(', ')}`);

/** @returns how many mutants ended in each way */
async function run(name) {
  const { mutate, tests, cold = false } = shards[name];
  const file = `coverage/mutation/${name.replace('/', '-')}`;
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
    vitest: { related: false, configFile: cold ? 'vitest.config.ts' : 'test/mutation/vitest.config.mjs' },
    mutate: [...mutate, '!**/*.test.ts'],
    testFiles: tests,
    coverageAnalysis: 'perTest',
    // Tables and patterns that are made when a module is loaded: each would need all tests, in a fresh process.
    ignoreStatic: true,
    concurrency: 2,
    timeoutMS: 10_000,
    incremental: true,
    incrementalFile: `${file}.incremental.json`,
    tempDirName: 'coverage/mutation/sandbox',
    ignorePatterns: ['/bench', '/console', '/coverage', '/examples', '/trainer'],
    // Vitest does not look at types.
    disableTypeChecks: false,
    allowConsoleColors: false,
    reporters: ['progress-append-only', 'json', 'html'],
    jsonReporter: { fileName: `${file}.json` },
    htmlReporter: { fileName: `${file}.html` },
  }).runMutationTest();
  const count = (...states) => results.filter(({ status }) => states.includes(status)).length;
  return { killed: count('Killed'), survived: count('Survived', 'NoCoverage'), timeout: count('Timeout') };
}

const score = ({ killed, timeout, survived }) => (100 * (killed + timeout)) / (killed + timeout + survived);
const line = (cells) => `| ${cells.join(' | ')} |`;

const table = [line(['part', 'mutants', 'killed', 'survived', 'timeout', 'score', 'minutes'])];
table.push('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
const all = { killed: 0, survived: 0, timeout: 0, minutes: 0 };
const row = (name, { killed, survived, timeout, minutes }) => {
  const figures = [killed + survived + timeout, killed, survived, timeout];
  table.push(
    line([name, ...figures, `${score({ killed, survived, timeout }).toFixed(1)} %`, minutes.toFixed(1)]),
  );
};
for (const name of chosen) {
  const began = performance.now();
  const found = { ...(await run(name)), minutes: (performance.now() - began) / 60_000 };
  for (const key of Object.keys(all)) all[key] += found[key];
  row(name, found);
}
row('together', all);
console.log(table.join('\n'));
if (score(all) < least) process.exitCode = 1;
