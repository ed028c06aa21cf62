import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const commit = '0123456789abcdef0123456789abcdef01234567';

/** How the hub behaves; change it between requests. */
export interface HubBehaviour {
  /** Path inside the repository to content. */
  files: Record<string, Buffer>;
  /** Closes the connection after so many bytes of each answer. */
  cutAfter?: number;
  /** Sends the whole file for a Range request, with status 200. */
  ignoresRange?: boolean;
  /** What storage really sends, while the etag stays that of the true file. */
  sends?: Buffer;
  /** Asked for by `Authorization: Bearer`. */
  token?: string;
  /** Answers so many requests with this status before it works. */
  fails?: { status: number; times: number; headers?: Record<string, string> };
  /** Commit it says it answered with. */
  commit?: string;
  /** Leaves out the etag of the stored file. */
  anonymous?: boolean;
}

export interface TestHub {
  readonly endpoint: string;
  readonly behaviour: HubBehaviour;
  /** `METHOD path range authorization`, of hub and storage. */
  readonly requests: string[];
  close(): Promise<void>;
}

/**
 * A server that speaks the Hugging Face Hub's protocol: `HEAD` and `GET /{repo}/resolve/{revision}/{file}` answer with
 * a redirect to a storage host of its own that serves ranges, and with `X-Linked-Etag`, `X-Linked-Size`, `X-Repo-Commit`.
 */
export async function startHub(behaviour: HubBehaviour): Promise<TestHub> {
  const requests: string[] = [];
  const storage = createServer((request, response) => {
    requests.push(note('storage', request));
    sendFile(behaviour, decodeURIComponent(request.url ?? '').slice(1), request, response);
  });
  const storageUrl = await listen(storage);
  const hub = createServer((request, response) => {
    requests.push(note('hub', request));
    answer(behaviour, storageUrl, request, response);
  });
  const endpoint = await listen(hub);
  return {
    endpoint,
    behaviour,
    requests,
    async close() {
      await Promise.all(
        [hub, storage].map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}

function answer(
  behaviour: HubBehaviour,
  storageUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (behaviour.fails !== undefined && behaviour.fails.times > 0) {
    behaviour.fails.times -= 1;
    response.writeHead(behaviour.fails.status, behaviour.fails.headers).end();
    return;
  }
  if (behaviour.token !== undefined && request.headers.authorization !== `Bearer ${behaviour.token}`) {
    response
      .writeHead(401, {
        'x-error-code': 'GatedRepo',
        'x-error-message': 'Access to this model is restricted',
      })
      .end();
    return;
  }
  // Repositories that were renamed answer with a relative redirect first.
  const path = (request.url ?? '').replace(/^\/old\/name\//, '/owner/repo/');
  if (path !== request.url) {
    response.writeHead(307, { location: path }).end();
    return;
  }
  const file = decodeURIComponent(/^\/owner\/repo\/resolve\/[0-9a-f]{40}\/(.+)$/.exec(path)?.[1] ?? '');
  const content = behaviour.files[file];
  if (content === undefined) {
    response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
    return;
  }
  response.writeHead(302, {
    location: `${storageUrl}/${encodeURIComponent(file)}`,
    'x-repo-commit': behaviour.commit ?? commit,
    'x-linked-size': String(content.length),
    ...(behaviour.anonymous !== true && {
      'x-linked-etag': `"${createHash('sha256').update(content).digest('hex')}"`,
    }),
  });
  response.end();
}

function sendFile(
  behaviour: HubBehaviour,
  file: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const content = behaviour.sends ?? behaviour.files[file] ?? Buffer.alloc(0);
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const from = asked === undefined || behaviour.ignoresRange === true ? 0 : Number(asked);
  if (from >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${String(content.length)}` }).end();
    return;
  }
  const partial = from > 0;
  response.writeHead(partial ? 206 : 200, {
    'content-length': String(content.length - from),
    'accept-ranges': 'bytes',
    ...(partial && {
      'content-range': `bytes ${String(from)}-${String(content.length - 1)}/${String(content.length)}`,
    }),
  });
  if (behaviour.cutAfter === undefined || content.length - from <= behaviour.cutAfter) {
    response.end(content.subarray(from));
    return;
  }
  response.write(content.subarray(from, from + behaviour.cutAfter), () =>
    setTimeout(() => response.destroy(), 20),
  );
}

function note(host: string, { method, url, headers }: IncomingMessage): string {
  return [host, method, url, headers.range, headers.authorization].filter(Boolean).join(' ');
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
