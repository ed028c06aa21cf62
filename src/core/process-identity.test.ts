import { spawnSync } from 'node:child_process';
import { uptime } from 'node:os';
import { describe, expect, it } from 'vitest';
import { identifyProcess, livenessOf } from './process-identity.ts';

const own = identifyProcess() ?? '';
const [pid = '', started = '', boot = '', namespace = '', machine = ''] = own.split('-');
const before = Date.now() - uptime() * 1000 - 3_600_000;
const now = Date.now();
const identity = (parts: { pid?: string; boot?: string; namespace?: string; machine?: string }): string =>
  [
    parts.pid ?? pid,
    started,
    parts.boot ?? boot,
    parts.namespace ?? namespace,
    parts.machine ?? machine,
  ].join('-');

describe('whether a process lives', () => {
  it('is known of this machine’s own', () => {
    const child = spawnSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' });
    expect(livenessOf(own)).toBe('alive');
    expect(livenessOf(identity({ pid: child.stdout.trim() }))).toBe('dead');
    expect(livenessOf(`${pid}-1-${boot}-${namespace}-${machine}`)).toBe('dead');
  });

  it('is known when this machine has booted since', () => {
    expect(livenessOf(identity({ boot: 'abcdef01' }), before)).toBe('dead');
    expect(livenessOf(`${pid}-${started}-abcdef01`, before)).toBe('dead');
  });

  it('is unknown of another machine, of its likeness, and of another container', () => {
    expect(livenessOf(identity({ boot: 'abcdef01', machine: '0123456789ab' }), before)).toBe('unknown');
    expect(livenessOf(identity({ boot: 'abcdef01' }), now)).toBe('unknown');
    expect(livenessOf(`${pid}-${started}-abcdef01`, now)).toBe('unknown');
    expect(livenessOf(identity({ namespace: '7' }), now)).toBe('unknown');
  });

  it('is known by its number alone where an earlier version wrote the identity', () => {
    expect(livenessOf(`${pid}-${started}-${boot}`)).toBe('alive');
    expect(livenessOf(`${pid}-1-${boot}`)).toBe('dead');
  });
});
