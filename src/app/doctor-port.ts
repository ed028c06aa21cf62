import { createServer } from 'node:net';
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Check } from './doctor-check.ts';
import { readService } from './service-file.ts';
import { stateFolder } from './state-folder.ts';

/** Whether the service could listen on its port; if not, who does. */
export async function checkPort(host: string, port: number, dir: string | undefined): Promise<Check> {
  const name = 'port';
  const refusal = await tryListening(host, port);
  if (refusal === undefined) return { name, state: 'ok', found: `${host}:${port} is free` };
  const own = dir === undefined ? undefined : await readService(stateFolder(dir).serviceFile);
  if (own?.port === port)
    return { name, state: 'ok', found: `${host}:${port} is this project’s service, pid ${own.pid}` };
  if (refusal !== 'EADDRINUSE') {
    return {
      name,
      state: 'fail',
      lacks: 'machine',
      found: `${host}:${port} cannot be listened on (${refusal})`,
      fix:
        port < 1024
          ? 'take a port above 1023: serve.port'
          : 'take another address: serve.host and serve.port',
    };
  }
  const holder = await holderOf(port);
  return {
    name,
    state: 'warn',
    found: `${host}:${port} is taken${holder === undefined ? '' : ` by ${holder}`}`,
    fix: 'stop that process, or take another port: serve.port, or `towpath up --port N`',
  };
}

function tryListening(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** `node (pid 4711)`, from /proc; undefined elsewhere, or when the process belongs to someone else. */
async function holderOf(port: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const inode = await listeningInode(port);
  if (inode === undefined) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (target !== `socket:[${inode}]`) continue;
      const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'a process');
      return `${command.trim()} (pid ${pid})`;
    }
  }
  return undefined;
}

async function listeningInode(port: number): Promise<string | undefined> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = '0A';
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(`:${wanted}`) === true && fields[3] === listening) return fields[9];
    }
  }
  return undefined;
}
