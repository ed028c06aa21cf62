import { expect, test } from 'vitest';
import { checkHost } from './loopback.ts';

const host = '127.0.0.1:7411';
const refused = expect.objectContaining({ code: 'TOW_SERVE_GATEWAY_HOST_REFUSED' }) as Error;

test('a page that came through a reverse proxy may ask under the name that the proxy was asked under', () => {
  const passed = [
    ['https://qa.example.com', 'qa.example.com'],
    ['https://qa.example.com', 'QA.example.com:443'],
    ['https://qa.example.com:8443', 'qa.example.com:8443'],
    ['http://[2001:db8::1]:8080', '[2001:db8::1]:8080'],
  ] as const;
  for (const [origin, forwarded] of passed)
    expect(() => checkHost({ host, origin, 'x-forwarded-host': forwarded }), origin).not.toThrow();
});

test('a page of another site may not, whatever the proxy passes on', () => {
  const stopped = [
    ['https://evil.example', undefined],
    ['https://evil.example', ''],
    ['https://evil.example', 'qa.example.com'],
    ['https://evil.example', 'evil.example, qa.example.com'],
    ['https://evil.example', ['evil.example']],
    ['https://evil.example', 'evil.example@qa.example.com'],
    ['https://qa.example.com:8443', 'qa.example.com'],
    ['http://qa.example.com', 'qa.example.com:443'],
    ['null', 'null'],
    ['file://', ''],
  ] as const;
  for (const [origin, forwarded] of stopped)
    expect(() =>
      checkHost({
        host,
        origin,
        'x-forwarded-host': typeof forwarded === 'object' ? [...forwarded] : forwarded,
      }),
    ).toThrow(refused);
});

test('a name that was pointed here is refused, also when it says that a proxy was asked', () => {
  const rebound = { host: 'evil.example:7411', origin: 'http://evil.example:7411' };
  expect(() => checkHost({ ...rebound, 'x-forwarded-host': 'evil.example:7411' })).toThrow(refused);
});
