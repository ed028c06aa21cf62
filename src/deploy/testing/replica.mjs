// A stand-in for a replica program: obeys its settings, and answers HTTP like a real one.
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

process.on('disconnect', () => process.exit(0));
process.once('message', ({ token, settings }) => {
  const { mode, starts, grandchild } = settings;
  if (starts) appendFileSync(starts, 'x');
  if (mode === 'crash') {
    process.stderr.write('ggml: out of memory\n', () => process.exit(7));
    return;
  }
  if (mode === 'crash-once' && !existsSync(settings.marker)) {
    writeFileSync(settings.marker, '');
    process.exit(3);
  }
  if (mode === 'refuse') {
    const error = {
      code: 'TOW_SERVE_REPLICA_MODEL_UNREADABLE',
      kind: 'user',
      message: 'cannot use the model',
    };
    process.send({ type: 'failed', error }, () => process.exit(1));
    return;
  }
  if (mode === 'hang') return;
  if (mode === 'stubborn') process.on('SIGTERM', () => undefined);
  if (grandchild) {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    writeFileSync(grandchild, String(child.pid));
  }
  let deaf = false;
  const vitals = { working: 0, progress: 0, effort: 0 };
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) response.writeHead(401).end();
    else if (request.url === '/die') process.kill(process.pid, 'SIGSEGV');
    else if (request.url === '/deafen') {
      deaf = true;
      response.end('ok');
    } else if (request.url === '/stick') {
      vitals.working = 1;
      response.end('ok');
    } else if (!deaf) response.end(JSON.stringify({ pid: process.pid, ...vitals }));
  });
  server.listen(0, '127.0.0.1', () =>
    process.send({ type: 'ready', port: server.address().port, info: { mode } }),
  );
});
