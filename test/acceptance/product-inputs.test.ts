import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDetail } from '../../src/app/records/run.ts';
import { systemClock } from '../../src/core/clock.ts';
import { asDigest } from '../../src/core/digest.ts';
import { openStore } from '../../src/store/open.ts';
import { encode } from '../../src/data/testing/encode.ts';
import { put } from '../product/client.ts';
import { endProject, json, run, start, type Finished } from '../product/command.ts';
import { processesLeft } from '../product/processes.ts';
import { TestProject } from '../product/project.ts';

interface Reject {
  readonly source: string;
  readonly code: string;
  readonly reason: string;
  readonly line?: number;
}

describe('a project with files that are not as they should be', { timeout: 120_000 }, () => {
  let project: TestProject;
  let ran: Finished;
  beforeAll(async () => {
    project = await TestProject.create({ files: '"docs/**/*.md", "docs/**/*.csv"' });
    await project.write('docs/en/empty.md', '');
    await project.write('docs/en/picture.md', Buffer.from('89504e470d0a1a0a0000000d4948445200ff00fe', 'hex'));
    await project.write(
      'docs/en/mill.md',
      Buffer.from('\ufeff# The mill\n\nThe mill of Greta Holm grinds barley on Thursdays.\n', 'utf16le'),
    );
    await project.write(
      'docs/zh/temple.md',
      encode(
        '# 古寺\n\n古寺的钟楼高三十二米，钟声每天清晨响起。寺里的住持是慧明法师，他在这里住了四十年。\n',
        'gb18030',
      ),
    );
    await project.write(
      'docs/en/boats.csv',
      [
        'id,title,text',
        '1,Heron,The Heron carries 40 passengers and belongs to Ines Varga.',
        '2,Broken,"The Otter has "no" roof and nobody knows whose it is.',
        '3,Swan,"The Swan, built in 1911, carries coal."',
        '',
      ].join('\n'),
    );
    ran = await run(project, ['run']);
  }, 120_000);
  afterAll(() => endProject(project));

  const rejects = async (): Promise<Reject[]> => {
    const { plan } = await json<RunDetail>(project, 'run', 'show', 'last');
    const documents = plan.find(({ name }) => name === 'ingest')?.outputs['documents'] ?? '';
    const store = await openStore({ dir: project.path('.towpath'), clock: systemClock });
    const folder = await store.artifacts.open(asDigest(documents)).finally(() => store.close());
    const text = await readFile(join(folder, 'rejects.jsonl'), 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Reject);
  };

  it('is run all the same', () => {
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toMatch(/✓ ingest +done .*rejected 3/);
    expect(ran.stdout).toContain('release r1');
  });

  it('says what was rejected, why, and where', async () => {
    const found = await rejects();
    const byFile = Object.fromEntries(found.map((reject) => [reject.source.replace(/#.*/, ''), reject]));
    expect(byFile['docs/en/empty.md']?.code).toBe('TOW_DATA_FILE_EMPTY');
    expect(byFile['docs/en/picture.md']?.code).toBe('TOW_DATA_FILE_BINARY');
    expect(byFile['docs/en/boats.csv']).toMatchObject({ code: 'TOW_DATA_CSV_QUOTING', line: 3 });
    for (const { reason } of found) expect(reason).not.toBe('');
    const { plan } = await json<RunDetail>(project, 'run', 'show', 'last');
    expect(plan.find(({ name }) => name === 'ingest')?.facts).toMatchObject({
      rejected: { TOW_DATA_FILE_EMPTY: 1, TOW_DATA_FILE_BINARY: 1, TOW_DATA_CSV_QUOTING: 1 },
    });
    const { stdout } = await run(project, ['logs', 'last', 'ingest']);
    for (const path of ['docs/en/empty.md', 'docs/en/picture.md', 'docs/en/boats.csv']) {
      expect(stdout).toContain(path);
    }
  });

  it('answers from what was good, in whatever encoding it stood', async () => {
    const up = start(project, ['serve', '--json']);
    const { url } = await up.event('serving');
    const answers: [string, string, string][] = [
      ['Who does the mill that grinds barley belong to?', 'Greta Holm', 'docs/en/mill.md'],
      ['古寺的住持是谁？', '慧明', 'docs/zh/temple.md'],
      ['How many passengers does the Heron carry?', '40', 'docs/en/boats.csv'],
    ];
    for (const [question, text, source] of answers) {
      const { body } = await put(url, question);
      expect(body.declined, question).toBe(false);
      expect(`${body.answer} ${body.citations[0]?.text ?? ''}`).toContain(text);
      expect(body.citations[0]?.source).toContain(source);
    }
    expect(await up.stop()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await processesLeft(project)).toEqual([]);
  });
});
