import { InvalidArgumentError, Option } from 'commander';

/** `--port N`, checked. */
export function portOption(): Option {
  return new Option('--port <n>', 'port to listen on, instead of serve.port').argParser((text: string) => {
    const port = Number(text);
    if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
    throw new InvalidArgumentError('A port is a whole number, 1 to 65535.');
  });
}
