import { isIPv6 } from 'node:net';
import { before, matches, type Found } from './kinds.ts';

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const four = new RegExp(`(?<![\\w.-])(?:${octet}\\.){3}${octet}(?![\\w-]|\\.\\d)`, 'g');
const six = /(?<![\w:.])[0-9A-F]{1,4}:[0-9A-F:]{4,36}[0-9A-F](?![\w:])/gi;
const version =
  /(?:version|ver\.?|release|build|section|chapter|clause|rfc|oid|§|版本|[版章节第]|\bv|[A-Z]\/)\s*(?:[:：=]\s*)?$/i;
const address = /(?:\bip|ipv4|address|host|server|dns|ping|gateway|地址|服务器|主机|网关|:\/\/)[^\n]{0,12}$/i;

/** Public IPv4 and IPv6 addresses. Private, loopback and documentation ranges are nobody's; versions are no addresses. */
export function findAddresses(text: string): Found[] {
  return [
    ...matches(text, four, 'ip', (match, at) => isPublic4(match) && !readsAsVersion(text, match, at)),
    ...matches(text, six, 'ip', (match) => isIPv6(match) && isPublic6(match)),
  ];
}

/** Four small numbers are a section or a version far more often than an address, unless they are called one. */
function readsAsVersion(text: string, match: string, at: number): boolean {
  const lead = before(text, at);
  if (version.test(lead)) return true;
  const [first = 0, ...others] = match.split('.').map(Number);
  return first < 20 && others.every((part) => part < 100) && !address.test(lead);
}

function isPublic4(text: string): boolean {
  const [a = 0, b = 0, c = 0] = text.split('.').map(Number);
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if ((a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32))
    return false;
  if (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)))) return false;
  return !(
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113)
  );
}

/** Global unicast, 2000::/3, without the documentation range 2001:db8::/32. */
function isPublic6(text: string): boolean {
  const [first = '', second = ''] = text.toLowerCase().split(':');
  const head = Number.parseInt(first, 16);
  return head >= 0x2000 && head <= 0x3fff && !(head === 0x2001 && Number.parseInt(second, 16) === 0xdb8);
}
