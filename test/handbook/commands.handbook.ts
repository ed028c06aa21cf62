import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lendPython, trainPython } from '../../src/train/testing/train-python.ts';
import { join } from 'node:path';
import { meaningOf } from './blocks.ts';
import { notRun, reasonNotToRun } from './not-run.ts';
import { placeOf, readPages, repository } from './pages.ts';
import { Session } from './session.ts';
import { stepsOf } from './steps.ts';
import { World } from './world.ts';

const pages = readPages();
// While a page is written: TOWPATH_HANDBOOK_PAGES=gates,releases reads only these, TOWPATH_HANDBOOK_KEEP=1 leaves the folder.
const wanted = process.env['TOWPATH_HANDBOOK_PAGES']?.split(',');
const chosen = pages.filter((page) => wanted === undefined || wanted.includes(page.name));
const within = 900_000;

describe('what the handbook shows', () => {
  test('is a command, its output, a setting, a program or a row: no block is anything else', () => {
    const unknown = pages.flatMap((page) =>
      page.blocks
        .filter(
          (block) => meaningOf(block, page).kind === 'unknown' && reasonNotToRun(block.text) === undefined,
        )
        .map((block) => placeOf(page, block)),
    );
    expect(unknown).toEqual([]);
  });

  test('is run, but for a short list of commands that stand on the pages', () => {
    const texts = pages.flatMap((page) => page.blocks.flatMap(({ text }) => [text, ...text.split('\n')]));
    const stale = notRun.filter(
      ({ text }) => !texts.some((each) => each === text || (text instanceof RegExp && text.test(each))),
    );
    expect(stale).toEqual([]);
    expect(notRun.length).toBeLessThan(8);
  });
});

describe('a reader who types what the pages show', () => {
  let world: World;
  let session: Session;
  beforeAll(async () => {
    world = await World.create();
    session = new Session(world);
    const python = chosen.some(({ name }) => name.endsWith('tiny-lm/README')) ? trainPython() : undefined;
    if (python !== undefined) await lendPython(python, join(world.clone, 'examples/tiny-lm'));
    const made = spawnSync('python3', ['-m', 'venv', join(world.root, 'python')]);
    expect(made.status).toBe(0);
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      'openai==2.8.1',
      'duckdb-cli==1.5.6',
    ];
    expect(spawnSync(join(world.root, 'python/bin/python'), pip).status).toBe(0);
    // The client goes by another name here; on a reader's machine it is `npm install openai`.
    await mkdir(join(world.root, 'programs/node_modules'), { recursive: true });
    await symlink(
      join(repository, 'node_modules/openai-client'),
      join(world.root, 'programs/node_modules/openai'),
    );
  }, within);
  afterAll(async () => {
    await session.end();
    if (process.env['TOWPATH_HANDBOOK_KEEP'] === undefined) await world.remove();
  }, within);

  test.each(chosen.filter((page) => stepsOf(page).length > 0).map((page) => [page.path, page] as const))(
    'sees what %s shows',
    async (_path, page) => {
      if (page.language === 'zh') await session.forget();
      expect(await session.read(page)).toEqual([]);
    },
    within,
  );

  const programs = chosen.flatMap((page) => {
    const sources = page.blocks.flatMap((block) => {
      const meaning = meaningOf(block, page);
      return meaning.kind === 'program' ? [meaning] : [];
    });
    return (['python', 'js'] as const)
      .map((language) => sources.filter((each) => each.language === language).map(({ source }) => source))
      .map((each, at) => ({ page, language: at === 0 ? 'python' : 'js', source: each.join('\n') }))
      .filter(({ source }) => source !== '');
  });
  test.each(programs.map((each) => [each.language, each.page.path, each] as const))(
    'gets an answer with the %s on %s',
    async (language, _path, { page, source }) => {
      const port = await session.serveFor(page);
      await world.write(`programs/${page.language}.${language}`, source.replaceAll('7411', String(port)));
      const file = join(world.root, `programs/${page.language}.${language}`);
      const command = language === 'python' ? `python ${file}` : `node --input-type=module < ${file}`;
      const { exitCode, stdout, stderr } = await session.run(command, page, join(world.root, 'programs'));
      expect(stderr).toBe('');
      expect(exitCode).toBe(0);
      expect(stdout.trim().length).toBeGreaterThan(10);
    },
    within,
  );
});
