import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** Whether the name can only mean this machine. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/**
 * Refuses requests that a browser was tricked into: a page of another site whose name was pointed at 127.0.0.1 (DNS
 * rebinding shows in `Host`), or one that posts here from elsewhere (shows in `Origin`). Behind a reverse proxy a page's own
 * origin is the name that the proxy was asked under, which it passes on; a page cannot name it itself, since a browser
 * asks leave before it sends such a header elsewhere, and gets none here.
 *
 * @throws TOW_SERVE_GATEWAY_HOST_REFUSED
 */
export function checkHost(headers: {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'x-forwarded-host'?: string | string[] | undefined;
}): void {
  const host = hostname(`http://${headers.host ?? ''}`);
  if (host === undefined || !isLoopback(host)) {
    const named = JSON.stringify((headers.host ?? '').slice(0, 80));
    throw new TowpathError('TOW_SERVE_GATEWAY_HOST_REFUSED', say('gateway.other-host', { host: named }));
  }
  if (headers.origin === undefined || isOwnOrigin(headers.origin, headers['x-forwarded-host'])) return;
  const origin = hostname(headers.origin);
  if (origin === undefined || !isLoopback(origin)) {
    const named = JSON.stringify(headers.origin.slice(0, 80));
    throw new TowpathError('TOW_SERVE_GATEWAY_HOST_REFUSED', say('gateway.other-origin', { origin: named }));
  }
}

/** Whether a page's origin is the name, port included, that the proxy in front was asked under. */
function isOwnOrigin(origin: string, forwarded: string | string[] | undefined): boolean {
  if (typeof forwarded !== 'string' || forwarded === '' || !URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  const asked = `${protocol}//${forwarded}`;
  return host !== '' && URL.canParse(asked) && new URL(asked).host === host;
}

function hostname(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
