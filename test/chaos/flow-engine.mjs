// An engine to be killed: runs a fixed graph in the project of argv[2] and prints the outcome as one line of JSON.
import { join } from 'node:path';
const from = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
await from('app/speaking.js');
const { openStore } = await from('store/open.js');
const { openFlow } = await from('flow/flow.js');
const { makePlan } = await from('flow/plan.js');
const { systemClock: clock } = await from('core/clock.js');
const { step, big } = await import(new URL('./flow-steps.mjs', import.meta.url).href);

const [, , dir, mode = 'graph'] = process.argv;
const node = (name, needs) => ({
  name,
  kind: step,
  params: { text: name, sleep: 40 + (name.charCodeAt(1) % 5) * 40 },
  inputs: Object.fromEntries(needs.map((need, at) => [['a', 'b', 'c'][at], { step: need, output: 'text' }])),
});
const layers = [0, 1, 2, 3].flatMap((layer) =>
  [0, 1, 2].map((at) =>
    node(`s${layer}${at}`, layer === 0 ? [] : [`s${layer - 1}${at}`, `s${layer - 1}${(at + 1) % 3}`]),
  ),
);
const graph = [...layers, node('end', ['s30', 's31', 's32'])];
const plan = makePlan(
  mode === 'big'
    ? [
        node('before', []),
        {
          ...{ name: 'big', kind: big, params: { bytes: 6_000_000 } },
          inputs: { after: { step: 'before', output: 'text' } },
        },
      ]
    : graph,
);

try {
  const stateDir = join(dir, '.towpath');
  const store = await openStore({ dir: stateDir, clock });
  const flow = await openFlow({ store, clock, projectDir: dir, stateDir });
  const { status, run, error, steps } = await flow.run(plan, { cores: 2 });
  const text = steps.get('end')?.outputs.text;
  console.log(
    JSON.stringify({
      status,
      run,
      error: error?.toRecord(),
      text,
      steps: [...steps].map(([k, v]) => [k, v.status]),
    }),
  );
  await store.close();
} catch (error) {
  console.log(JSON.stringify({ status: 'threw', error: error.toRecord?.() ?? { message: String(error) } }));
  process.exitCode = 1;
}
