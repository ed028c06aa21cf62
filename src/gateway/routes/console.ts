import type { ConsoleFile, ConsoleFiles } from '../console-files.ts';
import type { Route } from '../exchange.ts';

/** Nothing from elsewhere, nothing inline, nobody may frame it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A route for each file of the console. */
export function consoleRoutes(files: ConsoleFiles): Route[] {
  return Array.from(files, ([path, file]) => ({
    method: 'GET',
    pattern: path,
    serves: false,
    handle({ request, response }) {
      const headers = headersOf(file);
      const known =
        request.headers['if-none-match']?.split(',').some((tag) => tag.trim() === file.etag) === true;
      if (known) response.writeHead(304, headers).end();
      else response.writeHead(200, { ...headers, 'content-length': file.body.length }).end(file.body);
    },
  }));
}

function headersOf(file: ConsoleFile): Record<string, string> {
  return {
    'content-type': file.type,
    etag: file.etag,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': policy,
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
