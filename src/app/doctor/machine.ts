import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { say } from '../../core/messages/message.ts';
import { formatBytes } from '../../core/units.ts';
import type { Check } from './check.ts';

const GiB = 2 ** 30;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  const name = 'node';
  return enough
    ? { name, state: 'ok', found: `Node.js ${version}` }
    : {
        name,
        state: 'fail',
        lacks: 'machine',
        found: say('doctor.node-old', { version }),
        fix: say('doctor.node-fix'),
      };
}

export function checkCores(): Check {
  const cores = availableParallelism();
  const name = say('doctor.cores');
  const found = say('doctor.cores-are', { n: cores });
  return cores > 1
    ? { name, state: 'ok', found }
    : { name, state: 'warn', found, fix: say('doctor.cores-fix') };
}

export function checkMemory(): Check {
  // 0 or a huge number where nothing limits the process.
  const limit = process.constrainedMemory();
  const total = limit > 0 && limit < totalmem() ? limit : totalmem();
  const name = say('doctor.memory');
  const found = say('doctor.memory-is', {
    total: formatBytes(total),
    free: formatBytes(Math.min(freemem(), total)),
  });
  if (total >= 3.5 * GiB) return { name, state: 'ok', found };
  const state = total >= 1.5 * GiB ? 'warn' : 'fail';
  return {
    name,
    state,
    ...(state === 'fail' && { lacks: 'machine' as const }),
    found,
    fix: say('doctor.memory-fix'),
  };
}

export async function checkDisk(dir: string): Promise<Check> {
  const name = say('doctor.disk');
  try {
    const { bavail, bsize } = await statfs(dir);
    const free = bavail * bsize;
    const found = say('doctor.disk-free', { free: formatBytes(free) });
    if (free >= 4 * GiB) return { name, state: 'ok', found };
    const state = free >= GiB ? 'warn' : 'fail';
    return {
      name,
      state,
      ...(state === 'fail' && { lacks: 'machine' as const }),
      found,
      fix: say('doctor.disk-fix', { dir }),
    };
  } catch (error) {
    return { name, state: 'warn', found: say('doctor.disk-unknown', { why: String(error) }) };
  }
}
