import { expect, test } from 'vitest';
import { TowpathError } from './errors/towpath-error.ts';
import { say } from './messages/message.ts';
import { asEnvironmentError, codeOf, unlessDiskFull } from './environment-error.ts';

const doing = say('store.reading', { path: 'a' });
const failed = (code: string): Error => Object.assign(new Error('no'), { code });

test.each([
  ['ENOSPC', 'TOW_STORE_DISK_FULL'],
  ['EDQUOT', 'TOW_STORE_DISK_FULL'],
  ['SQLITE_FULL', 'TOW_STORE_DISK_FULL'],
  ['SQLITE_IOERR_SHMSIZE', 'TOW_STORE_DISK_FULL'],
  ['EROFS', 'TOW_STORE_NOT_WRITABLE'],
  ['EACCES', 'TOW_STORE_NOT_WRITABLE'],
  ['EPERM', 'TOW_STORE_NOT_WRITABLE'],
  ['SQLITE_READONLY', 'TOW_STORE_NOT_WRITABLE'],
  ['SQLITE_CANTOPEN', 'TOW_STORE_NOT_WRITABLE'],
  ['SQLITE_CANTOPEN_ISDIR', 'TOW_STORE_NOT_WRITABLE'],
  ['SQLITE_PERM', 'TOW_STORE_NOT_WRITABLE'],
  ['SQLITE_READONLY_DIRECTORY', 'TOW_STORE_NOT_WRITABLE'],
  // As libsql tells SQLITE_READONLY_DIRECTORY, for which it has no name.
  ['UNKNOWN_SQLITE_ERROR_1544', 'TOW_STORE_NOT_WRITABLE'],
  ['UNKNOWN_SQLITE_ERROR_13', 'TOW_STORE_DISK_FULL'],
])('%s is the machine’s fault: %s', (code, told) => {
  const error = failed(code);
  const found = asEnvironmentError(error, doing);
  expect(found).toMatchObject({ code: told, cause: error });
  expect((found as Error).message).toMatch(/\ba\b/);
});

test.each([
  'write: no space left on device',
  'Disk quota exceeded (os error 122)',
  'database or disk is full',
  'IO error: os error 28',
])('a full disk that a library only words is one: %s', (message) => {
  expect(asEnvironmentError(new Error(message), doing)).toMatchObject({ code: 'TOW_STORE_DISK_FULL' });
});

test('what is no error of the system stays what it is', () => {
  for (const error of [new Error('os error 280'), 'ENOSPC', { code: 'ENOSPC' }, undefined])
    expect(asEnvironmentError(error, doing)).toBe(error);
  const told = new TowpathError('TOW_STORE_LEDGER_BROKEN', doing);
  expect(asEnvironmentError(told, doing)).toBe(told);
});

test.each([
  ['ENOENT', 'ENOENT'],
  ['UNKNOWN_SQLITE_ERROR_5', 'SQLITE_BUSY'],
  ['UNKNOWN_SQLITE_ERROR_261', 'SQLITE_BUSY'],
  ['UNKNOWN_SQLITE_ERROR_262', 'SQLITE_LOCKED'],
  ['UNKNOWN_SQLITE_ERROR_3', 'SQLITE_PERM'],
  ['UNKNOWN_SQLITE_ERROR_266', 'SQLITE_IOERR'],
  ['UNKNOWN_SQLITE_ERROR_267', 'SQLITE_CORRUPT'],
  ['UNKNOWN_SQLITE_ERROR_14', 'SQLITE_CANTOPEN'],
  ['UNKNOWN_SQLITE_ERROR_26', 'SQLITE_NOTADB'],
  ['UNKNOWN_SQLITE_ERROR_2067', 'UNKNOWN_SQLITE_ERROR_2067'],
  ['xUNKNOWN_SQLITE_ERROR_5', 'xUNKNOWN_SQLITE_ERROR_5'],
  ['UNKNOWN_SQLITE_ERROR_5x', 'UNKNOWN_SQLITE_ERROR_5x'],
])('the code of an error with %s is %s', (code, expected) => {
  expect(codeOf(failed(code))).toBe(expected);
});

test('what has no code has none', () => {
  for (const error of [new Error('x'), { code: 'ENOENT' }, Object.assign(new Error('x'), { code: 5 }), null])
    expect(codeOf(error)).toBeUndefined();
});

test('a full disk is let be, whoever tells of it, and nothing else', () => {
  const told = new TowpathError('TOW_STORE_DISK_FULL', doing);
  for (const error of [told, failed('ENOSPC'), failed('SQLITE_FULL')])
    expect(() => unlessDiskFull(error)).not.toThrow();
  for (const error of [failed('EACCES'), new Error('x'), new TowpathError('TOW_STORE_NOT_WRITABLE', doing)])
    expect(() => unlessDiskFull(error)).toThrow(error);
});

test.each(['SQLITE_CONSTRAINT', 'UNKNOWN_SQLITE_ERROR_2067', 'EINVAL'])('%s is not', (code) => {
  const error = failed(code);
  expect(asEnvironmentError(error, doing)).toBe(error);
});
