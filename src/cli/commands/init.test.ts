import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InitRecord } from '../../app/init/init.ts';
import { englishLeft } from '../testing/english-left.ts';
import { parsed, towpath } from '../testing/real.ts';

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'towpath-init-')));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), content);
}
const text = '# Lock\n\nThe lock opens at seven in the morning, and closes at nine in the evening.\n';

describe('towpath init', () => {
  it('tells what it found, in text as in JSON, and what to do next', async () => {
    await write('docs/en/a.md', text);
    await write('docs/zh/b.md', '# 石桥\n\n石桥建于一六八八年，由工匠沈清河设计，全长四十六米。\n');
    await write('docs/latin.txt', Buffer.from('Où êtes-vous? Le café est fermé.', 'latin1'));
    const { exitCode, out, err } = await towpath(dir, ['init']);
    expect([exitCode, err.text]).toEqual([0, '']);
    const record = parsed<InitRecord>(await towpath(dir, ['init', '--force', '--json']));
    expect(record).toMatchObject({ documents: 3, languages: ['en', 'zh'], skippedCount: 1 });
    for (const { name, files, count } of record.sources)
      expect(out.lines).toContainEqual(
        expect.stringMatching(
          new RegExp(`^${name} +${String(count)} +${files.join(', ').replaceAll('*', '\\*')}$`),
        ),
      );
    expect(out.text).toContain('3 files, languages en and zh');
    expect(out.text).toContain('  docs/latin.txt  ');
    expect(out.text).toMatch(/^ {2}towpath validate {3}\S/m);
    expect(out.text).not.toContain('--project');
  });

  it('is in Chinese for a Chinese reader, the file that it writes too', async () => {
    await write('a.md', text);
    const { out } = await towpath(dir, ['init', '--lang', 'zh']);
    expect(englishLeft(out.text)).toEqual([]);
    expect(await readFile(join(dir, 'towpath.yaml'), 'utf8')).toMatch(/^#.*\p{Script=Han}/mu);
    expect((await towpath(dir, ['validate', '--lang', 'zh'])).out.text).toContain('有效');
  });

  it.each(["my docs's", '-d', 'plain'])(
    'says of another folder, %j, commands that a shell takes',
    async (name) => {
      await write(`${name}/a.md`, text);
      const folder = name.startsWith('-') ? `./${name}` : name;
      const { out } = await towpath(dir, ['init', folder]);
      const command = /^ {2}(towpath validate .+?) {3}/m.exec(out.text)?.[1] ?? '';
      const script = `towpath() { printf '%s\\n' "$@"; }; ${command}`;
      const { stdout } = await promisify(execFile)('sh', ['-c', script]);
      expect(stdout).toBe(`validate\n--project\n${folder}\n`);
    },
  );

  it('leaves a project file that is there, unless it is told to replace it', async () => {
    await write('a.md', text);
    await write('towpath.yaml', 'mine');
    const { exitCode, err } = await towpath(dir, ['init']);
    expect([exitCode, err.text.split(':')[0]]).toEqual([2, 'error TOW_PROJECT_EXISTS']);
    expect(await readFile(join(dir, 'towpath.yaml'), 'utf8')).toBe('mine');
    expect((await towpath(dir, ['init', '--force'])).exitCode).toBe(0);
    expect((await towpath(dir, ['validate'])).exitCode).toBe(0);
  });

  it('shows names from outside as text, each on its own line', async () => {
    const steer = '\u001b[2J\u001b]0;title\u0007';
    await write(`docs${steer}x/a.md`, text);
    await write(`nl\n! forged/b.md`, text);
    await write(`bad\n! forged.txt`, Buffer.from('café', 'latin1'));
    const { out } = await towpath(dir, ['init']);
    expect(out.text).not.toMatch(/[\u0007\u001b]/);
    expect(out.lines.filter((line) => line.startsWith('! forged'))).toEqual([]);
  });
});
