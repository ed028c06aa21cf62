import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunDetail, RunRecord } from '../../src/app/records/run.ts';
import { endProject, json, run, start } from '../product/command.ts';
import { processesLeft } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

/** A hub that takes every request and answers none: a step that waits for it goes on for as long as it may. */
let hub: Server;
let project: TestProject;

beforeAll(async () => {
  hub = createServer(() => undefined);
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${String((hub.address() as AddressInfo).port)}`;
  project = await TestProject.create({
    from: `      - { hf: "owner/repo", revision: "${'a'.repeat(40)}", file: "tiny.gguf", endpoint: "${endpoint}" }`,
  });
});
afterAll(async () => {
  await endProject(project);
  hub.closeAllConnections();
  hub.close();
});

it(
  'cancel stops a run of another terminal; whoever follows its log sees it end; finished steps stay',
  { timeout: 90_000 },
  async () => {
    const going = start(project, ['run', '--json']);
    await going.event('step-started', ({ step }) => step === 'model');
    await going.event('step-finished', ({ step }) => step === 'index');
    const following = start(project, ['logs', 'last', '--follow']);

    const cancelled = await json<RunRecord>(project, 'cancel', 'last');
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    const finished = await going.finished;
    expect(finished.exitCode).not.toBe(0);
    expect(finished.stdout).toMatch(/cancelled by /);
    expect(await processesLeft(project)).toEqual([]);

    const log = await following.finished;
    expect(log).toMatchObject({ exitCode: 0, stderr: '' });
    expect(log.stdout).toContain('index ');

    const { plan } = await json<RunDetail>(project, 'run', 'show', 'last');
    const states = Object.fromEntries(plan.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({ ingest: 'done', index: 'done', model: 'cancelled', answer: 'cancelled' });

    const again = await run(project, ['cancel', 'last', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ state: 'cancelled' });
  },
);
