import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { openStore } from './open.ts';

test('a new state folder is open to its owner alone', async () => {
  const project = await mkdtemp(join(tmpdir(), 'store-'));
  const dir = join(project, '.towpath');
  const store = await openStore({ dir, clock: systemClock });
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
  await store.close();
  await rm(project, { recursive: true });
});
