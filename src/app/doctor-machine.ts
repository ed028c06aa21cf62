import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { formatBytes } from '../core/units.ts';
import type { Check } from './doctor-check.ts';

const GiB = 2 ** 30;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return enough
    ? { name: 'node', state: 'ok', found: `Node.js ${version}` }
    : {
        name: 'node',
        state: 'fail',
        lacks: 'machine',
        found: `Node.js ${version}, and 20.19 or newer is needed`,
        fix: 'install the current LTS from https://nodejs.org, or with `nvm install --lts`',
      };
}

export function checkCores(): Check {
  const cores = availableParallelism();
  const found = `${cores} ${cores === 1 ? 'core' : 'cores'}`;
  return cores > 1
    ? { name: 'cores', state: 'ok', found }
    : {
        name: 'cores',
        state: 'warn',
        found,
        fix: 'works, slowly: steps run one after another on a single core',
      };
}

export function checkMemory(): Check {
  // 0 or a huge number where nothing limits the process.
  const limit = process.constrainedMemory();
  const total = limit > 0 && limit < totalmem() ? limit : totalmem();
  const found = `${formatBytes(total)}, ${formatBytes(Math.min(freemem(), total))} free`;
  if (total >= 3.5 * GiB) return { name: 'memory', state: 'ok', found };
  const state = total >= 1.5 * GiB ? 'warn' : 'fail';
  return {
    name: 'memory',
    state,
    ...(state === 'fail' && { lacks: 'machine' as const }),
    found,
    fix: '4 GiB are comfortable; with less, leave `models` out, or take a small model and one replica',
  };
}

export async function checkDisk(dir: string): Promise<Check> {
  try {
    const { bavail, bsize } = await statfs(dir);
    const free = bavail * bsize;
    const found = `${formatBytes(free)} free`;
    if (free >= 4 * GiB) return { name: 'disk', state: 'ok', found };
    const state = free >= GiB ? 'warn' : 'fail';
    return {
      name: 'disk',
      state,
      ...(state === 'fail' && { lacks: 'machine' as const }),
      found,
      fix: `make room on the disk of ${dir}: models, the Python environment and releases take some GiB`,
    };
  } catch (error) {
    return { name: 'disk', state: 'warn', found: `cannot be told: ${String(error)}` };
  }
}
