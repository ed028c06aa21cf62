import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTowpath } from './open.ts';

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
