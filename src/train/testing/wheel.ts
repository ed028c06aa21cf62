import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipOf } from './zip.ts';

/** Writes a wheel that pip takes, holding `files`, into `folder`. */
export async function writeWheel(
  folder: string,
  name: string,
  version: string,
  files: Readonly<Record<string, Buffer | string>>,
): Promise<string> {
  const info = `${name.replaceAll('-', '_')}-${version}.dist-info`;
  const members = [
    ...Object.entries(files).map(([path, content]) => ({ name: path, content })),
    { name: `${info}/METADATA`, content: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n` },
    {
      name: `${info}/WHEEL`,
      content: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    },
    { name: `${info}/RECORD`, content: '' },
  ];
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`);
  await writeFile(path, zipOf(members));
  return path;
}

/** Environment in which pip sees the wheels in `folder` and nothing else. */
export function onlyWheelsIn(folder: string): Record<string, string> {
  return { PIP_CONFIG_FILE: '/dev/null', PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder, PIP_EXTRA_INDEX_URL: '' };
}
