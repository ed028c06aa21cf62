// The model itself, in the product's own replica program.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ReplicaClient } from '../../dist/replica/model/client.js';

/** Starts a replica; `threads` must not exceed the cores at hand. */
export async function startModel(modelPath, threads) {
  const program = fileURLToPath(new URL('../../dist/app/programs/replica.js', import.meta.url));
  const child = fork(program, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const token = randomBytes(16).toString('hex');
  child.send({ type: 'start', token, settings: { modelPath, threads, slots: 1, context: 4096 } });
  const [message] = await once(child, 'message');
  if (message.type !== 'ready') throw new Error(message.error.message);
  const client = new ReplicaClient({ url: `http://127.0.0.1:${message.port}`, token });
  return {
    client,
    stop: async () => {
      await client.close();
      child.kill();
    },
  };
}

const example = {
  en: "Passage: The Eiffel Tower was built by Gustave Eiffel's company and opened in 1889.\nQuestion: When did the Eiffel Tower open?\nAnswer: 1889\n\n",
  zh: '段落：埃菲尔铁塔由古斯塔夫·埃菲尔的公司建造，1889年开放。\n问题：埃菲尔铁塔何时开放？\n答案：1889年\n\n',
};

/** What the model answers by itself, given the right passage and one example. */
export async function ownAnswer(client, language, passage, question) {
  const asked =
    language === 'zh'
      ? `段落：${passage}\n问题：${question}\n答案：`
      : `Passage: ${passage}\nQuestion: ${question}\nAnswer:`;
  const { signal } = new globalThis.AbortController();
  let text = '';
  const request = { prompt: example[language] + asked, maxTokens: 32, temperature: 0, stop: ['\n'] };
  for await (const piece of client.generate(request, signal)) text += piece;
  return text.trim();
}

/** What the model answers by itself to a bare question: no passage, nothing retrieved. */
export async function unaidedAnswer(client, question) {
  const { signal } = new globalThis.AbortController();
  let text = '';
  const request = { messages: [{ role: 'user', content: question }], maxTokens: 96, temperature: 0 };
  for await (const piece of client.generate(request, signal)) text += piece;
  return text.trim();
}
