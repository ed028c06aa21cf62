import { expect, test } from 'vitest';
import { say } from '../core/messages/message.ts';
import { asEnvironmentError } from './environment-error.ts';

const doing = say('store.reading', { path: 'a' });
const failed = (code: string): Error => Object.assign(new Error('no'), { code });

test.each([
  ['ENOSPC', 'TOW_STORE_DISK_FULL'],
  ['EROFS', 'TOW_STORE_NOT_WRITABLE'],
  ['SQLITE_READONLY_DIRECTORY', 'TOW_STORE_NOT_WRITABLE'],
  // As libsql tells SQLITE_READONLY_DIRECTORY, for which it has no name.
  ['UNKNOWN_SQLITE_ERROR_1544', 'TOW_STORE_NOT_WRITABLE'],
  ['UNKNOWN_SQLITE_ERROR_13', 'TOW_STORE_DISK_FULL'],
])('%s is the machine’s fault: %s', (code, told) => {
  expect(asEnvironmentError(failed(code), doing)).toMatchObject({ code: told });
});

test.each(['SQLITE_CONSTRAINT', 'UNKNOWN_SQLITE_ERROR_2067', 'EINVAL'])('%s is not', (code) => {
  const error = failed(code);
  expect(asEnvironmentError(error, doing)).toBe(error);
});
