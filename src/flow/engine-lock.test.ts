import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess } from '../core/process-identity.ts';
import { EngineLocks } from './engine-lock.ts';

const own = identifyProcess() ?? '';
const [pid = '', started = '', boot = '', , machine = ''] = own.split('-');
/** An engine of another container of this machine: what its process id means, only its own kernel's lock tells. */
const neighbour = [pid, started, boot, '1', machine].join('-');

describe('the locks of engines', () => {
  let dir: string;
  let locks: EngineLocks;
  beforeEach(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'towpath-locks-')), 'run/engines');
    locks = new EngineLocks(dir);
  });
  afterEach(() => rm(join(dir, '../..'), { recursive: true }));
  const lock = (engine: string) => {
    const database = new Libsql(join(dir, `${engine}.lock`));
    database.exec('begin exclusive');
    return database;
  };

  it('hold one for this process as long as anyone holds it', async () => {
    const first = locks.hold();
    expect(await readdir(dir)).toContain(`${own}.lock`);
    expect(() => lock(own)).toThrow();
    const second = locks.hold();
    first();
    first();
    expect(() => lock(own)).toThrow();
    second();
    expect(await readdir(dir)).toEqual([]);
    const third = locks.hold();
    expect(await readdir(dir)).toContain(`${own}.lock`);
    third();
  });

  it('tell of an engine in another container whether it lives', async () => {
    await mkdir(dir, { recursive: true });
    expect(locks.livenessOf(neighbour, 1)).toBe('unknown');
    const held = lock(neighbour);
    expect(locks.livenessOf(neighbour, 1)).toBe('alive');
    held.close();
    expect(locks.livenessOf(neighbour, 1)).toBe('dead');
    expect(locks.livenessOf(neighbour, 1)).toBe('dead');
    await writeFile(join(dir, `${neighbour}.lock`), 'no database'.repeat(200));
    expect(locks.livenessOf(neighbour, 1)).toBe('unknown');
    locks.forget(neighbour);
    expect(await readdir(dir)).toEqual([]);
    expect(() => locks.forget(neighbour)).not.toThrow();
  });

  it('are not asked where process ids tell, nor of another machine', async () => {
    await mkdir(dir, { recursive: true });
    const elsewhere = [pid, started, 'abcdef01', '1', '0123456789ab'].join('-');
    const nameless = [pid, started, '0', '1', '0123456789ab'].join('-');
    const gone = [pid, '1', boot, own.split('-')[3], machine].join('-');
    for (const engine of [own, elsewhere, nameless, gone]) lock(engine).close();
    expect(locks.livenessOf(own, Date.now())).toBe('alive');
    expect(locks.livenessOf(elsewhere, Date.now())).toBe('unknown');
    expect(locks.livenessOf(nameless, Date.now())).toBe('unknown');
    expect(locks.livenessOf(gone, Date.now())).toBe('dead');
  });

  it('leave nothing of an engine that was killed once it is forgotten', async () => {
    await mkdir(dir, { recursive: true });
    const hold = `const database = new (require('libsql'))(process.argv[1]);
      database.exec('begin exclusive');
      process.kill(process.pid, 'SIGKILL');`;
    const path = join(dir, `${neighbour}.lock`);
    spawnSync(process.execPath, ['-e', hold, path], { cwd: import.meta.dirname });
    expect(await readdir(dir)).toContain(`${neighbour}.lock`);
    locks.forget(neighbour);
    expect(await readdir(dir)).toEqual([]);
  });

  it('are never sought outside of their folder', async () => {
    await mkdir(join(dir, '..'), { recursive: true });
    const outside = `x/../../${neighbour}`;
    new Libsql(join(dir, '..', `${neighbour}.lock`)).close();
    expect(locks.livenessOf([outside.split('-')[0], started, boot, '1', machine].join('-'), 1)).toBe(
      'unknown',
    );
  });

  it('cannot be held where they cannot be, and are tried again', async () => {
    await mkdir(join(dir, '..'), { recursive: true });
    await writeFile(dir, 'in the way');
    expect(() => locks.hold()).toThrow(expect.objectContaining({ code: 'TOW_STORE_NOT_A_FOLDER' }) as Error);
    await rm(dir);
    await mkdir(dir);
    const taken = lock(own);
    expect(() => locks.hold()).toThrow();
    taken.close();
    locks.hold()();
    expect(await readdir(dir)).toEqual([]);
  });
});
