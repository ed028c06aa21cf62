import { TowpathError } from '../../core/errors/towpath-error.ts';
import { say } from '../../core/messages/message.ts';

/** The hub that a model's place means when it names no other. */
export const builtInHub = 'https://huggingface.co';

/** What the built-in hub redirects to for large files. */
const hubDomains = ['huggingface.co', 'hf.co'];

/** Whether the name can only mean this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Whether it may be asked without anybody's trust: this machine, and the built-in hub with its storage. */
export function isOpenHost(url: URL): boolean {
  if (isLoopback(url)) return true;
  const { protocol, hostname, port } = url;
  const ofHub = hubDomains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
  return protocol === 'https:' && port === '' && ofHub;
}

/**
 * Scheme, host and port as one text: `https://hub.example`, `http://10.0.0.7:8080`. A bare host is meant by https.
 *
 * @throws TowpathError TOW_PROJECT_TRUST_ENTRY for what is no address of a host
 */
export function originOf(text: string): string {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  const isBare = url?.href === `${url?.origin ?? ''}/`;
  // A URL takes `*` for the name of a host; whoever writes it hopes for more than that.
  if (url !== undefined && isHttp && isBare && /^[a-z0-9._-]+$|^\[[0-9a-f:.]+\]$/.test(url.hostname))
    return url.origin;
  throw new TowpathError('TOW_PROJECT_TRUST_ENTRY', say('trust-entry.host', { text: JSON.stringify(text) }), {
    hint: say('trust-entry.host-form'),
  });
}
