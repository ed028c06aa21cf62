import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock as clock } from '../core/clock.ts';
import { TowpathError } from '../core/errors/towpath-error.ts';
import { verbatim } from '../core/messages/message.ts';
import { intake } from '../data/ingest/intake.ts';
import { openTowpath } from './open.ts';
import { ProjectTowpath } from './project-towpath.ts';
import { stateFolder } from './state-folder.ts';

test('serving without a release says so, whoever has the port', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'towpath-serve-'));
  const file = join(dir, 'towpath.yaml');
  await writeFile(join(dir, 'a.md'), 'The gate opens at nine.');
  await writeFile(file, 'project: x\nsources:\n  - name: docs\n    files: ["*.md"]\n');
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const towpath = await openTowpath({ dir, file });
  const options = { port, observer: () => undefined, signal: new AbortController().signal };
  await expect(towpath.serve(options)).rejects.toMatchObject({ code: 'TOW_APP_NO_RELEASE' });
  await towpath.close();
  other.close();
  await rm(dir, { recursive: true });
});

test('a backup of a project that cannot be opened is refused by its error, and nothing is left unheard', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  process.on('unhandledRejection', hear);
  const towpath = new ProjectTowpath({
    ...{
      intake,
      place: { dir: '/p', file: '/p/towpath.yaml' },
      state: stateFolder('/p'),
      clock,
      actor: 'ann',
      env: {},
    },
    engine: () => Promise.reject(new TowpathError('TOW_STORE_NOT_WRITABLE', verbatim('no'))),
    close: () => Promise.resolve(),
  });
  const options = { observer: () => undefined, signal: new AbortController().signal };
  await expect(towpath.backup('/copy', options)).rejects.toMatchObject({ code: 'TOW_STORE_NOT_WRITABLE' });
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});
