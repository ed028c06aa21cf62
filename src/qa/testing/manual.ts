import { passage } from './shelf.ts';

/** Pages of a manual of a product that does not exist, with code, tables, lists and transcripts, for tests. */
export const manual = [
  passage(
    'Kestrel requires Node.js; the oldest version of Node that works is 20.19. It also requires Python 3.11 or newer.',
    'Installation > Requirements',
    'docs/en/install.md',
  ),
  passage(
    'The server listens on port 8123 by default. The key `server.port` accepts numbers from 1 to 65535.',
    'Settings > server > server.port',
    'docs/en/port.md',
  ),
  passage(
    'The key `cache.entries` is the number of entries that the cache keeps. The default is 64, and at most 900 are accepted.',
    'Settings > cache > cache.entries',
    'docs/en/cache.md',
  ),
  passage(
    'In a fresh clone, start the mirror:\n\n```sh\nnpm ci && npm run mirror\n```\n\nThe mirror shows its progress:\n\n```\n● mirror up at http://127.0.0.1:8123\n  watching 12 files\n```',
    'Quickstart > Start the mirror',
    'docs/en/quickstart.md',
  ),
  passage(
    '`kestrel doctor` checks what the machine lacks.\n\n```\n$ kestrel doctor\n✓ node   20.20\n✓ disk   41 GiB\n```',
    'Commands > kestrel doctor',
    'docs/en/doctor.md',
  ),
  passage(
    'Kestrel keeps no copy of the mail that it moves. Graphics cards are not used, even if there is one. Because mail may be large, Kestrel moves it in pieces of 8 MiB.',
    'Privacy',
    'docs/en/privacy.md',
  ),
  passage(
    'When the inbox is full, the server answers with status 452 and the sender tries again. Failed mails are listed in `spool/failed.jsonl`.',
    'Inbox > A full inbox',
    'docs/en/inbox.md',
  ),
  passage(
    'A mailbox is checked for these problems:\n\n- a missing owner\n- a broken index\n- mail without a date',
    'Checks > Problems of a mailbox',
    'docs/en/checks.md',
  ),
  passage(
    '| code | meaning | what to do |\n| --- | --- | --- |\n| 7 | the mailbox is locked | wait for the other process |\n| 9 | the disk is full | free some space |',
    'Exit codes',
    'docs/en/codes.md',
  ),
  passage('Kestrel 需要 Node.js，可用的最低版本是 20.19。', '安装 > 要求', 'docs/zh/install.md'),
  passage(
    '服务器默认监听 8123 端口。键 `server.port` 可取 1 至 65535。',
    '设置 > server.port',
    'docs/zh/port.md',
  ),
  passage(
    '在刚克隆的仓库里启动镜像：\n\n```sh\nnpm ci && npm run mirror\n```\n\n随后会显示：\n\n```\n$ kestrel ask "镜像监听哪个端口？"\n镜像监听 9999 端口。\n```',
    '快速上手 > 启动镜像',
    'docs/zh/quickstart.md',
  ),
  passage(
    'Kestrel 不保存所转移邮件的副本。本版本不使用显卡，即使机器上有也不用。因为邮件可能很大，所以按每块 8 MiB 分块转移。',
    '隐私',
    'docs/zh/privacy.md',
  ),
  passage('收件箱满了，服务器会返回状态码 452，发件方稍后重试。', '收件箱 > 已满', 'docs/zh/inbox.md'),
  passage('要清空缓存，请执行 `kestrel purge`。', '缓存 > 清空', 'docs/zh/purge.md'),
];
