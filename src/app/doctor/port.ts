import { createServer } from 'node:net';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { say, type Message } from '../../core/messages/message.ts';
import type { Check } from './check.ts';
import { readService } from '../service-file.ts';
import { stateFolder } from '../state-folder.ts';

/** Whether the service could listen on its port; if not, who does. */
export async function checkPort(host: string, port: number, dir: string | undefined): Promise<Check> {
  const name = say('doctor.port');
  const address = `${host}:${port}`;
  if (port === 0) return { name, state: 'ok', found: say('doctor.port-any') };
  const refusal = await tryListening(host, port);
  if (refusal === undefined) return { name, state: 'ok', found: say('doctor.port-free', { address }) };
  const own = dir === undefined ? undefined : await readService(stateFolder(dir).serviceFile);
  if (own?.port === port)
    return { name, state: 'ok', found: say('doctor.port-own', { address, pid: own.pid }) };
  if (refusal !== 'EADDRINUSE') {
    return {
      name,
      state: 'fail',
      lacks: 'machine',
      found: say('doctor.port-refused', { address, why: refusal }),
      fix: say(port < 1024 ? 'doctor.port-low-fix' : 'doctor.port-fix'),
    };
  }
  const holder = await holderOf(port);
  return {
    name,
    state: 'warn',
    found:
      holder === undefined
        ? say('doctor.port-taken', { address })
        : say('doctor.port-taken-by', { address, holder }),
    fix: say('doctor.port-taken-fix'),
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
async function holderOf(port: number): Promise<Message | undefined> {
  if (process.platform !== 'linux') return undefined;
  const inode = await listeningInode(port);
  if (inode === undefined) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (target !== `socket:[${inode}]`) continue;
      const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
      return say('doctor.process', { name: command?.trim() ?? say('doctor.a-process'), pid });
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
