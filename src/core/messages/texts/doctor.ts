import { messages } from '../entry.ts';

/** What `towpath doctor` looks at, what it finds, and how to get what lacks. */
export const doctorMessages = messages({
  'doctor.packages': { en: 'python packages', zh: 'Python 软件包' },
  'doctor.cores': { en: 'cores', zh: '处理器' },
  'doctor.memory': { en: 'memory', zh: '内存' },
  'doctor.disk': { en: 'disk', zh: '磁盘' },
  'doctor.folder': { en: 'folder', zh: '文件夹' },
  'doctor.project': { en: 'project', zh: '项目' },
  'doctor.port': { en: 'port', zh: '端口' },
  'doctor.records': { en: 'records', zh: '记录' },
  'doctor.service': { en: 'service', zh: '服务' },

  'doctor.node-old': {
    en: 'Node.js {version}, and 20.19 or newer is needed',
    zh: 'Node.js {version}，需要 20.19 或更新的版本',
  },
  'doctor.node-fix': {
    en: 'install the current LTS from https://nodejs.org, or with `nvm install --lts`',
    zh: '从 https://nodejs.org 安装当前的 LTS 版本，或执行 `nvm install --lts`',
  },
  'doctor.cores-are': { en: ['{n} core', '{n} cores'], zh: '{n} 个核' },
  'doctor.cores-fix': {
    en: 'works, slowly: steps run one after another on a single core',
    zh: '可以工作，但很慢：只有一个核时，步骤逐个运行',
  },
  'doctor.memory-is': { en: '{total}, {free} free', zh: '共 {total}，可用 {free}' },
  'doctor.memory-fix': {
    en: '4 GiB are comfortable; with less, leave `models` out, or take a small model and one replica',
    zh: '4 GiB 比较宽裕；不足时请不写 `models`，或使用小模型和一个副本',
  },
  'doctor.disk-free': { en: '{free} free', zh: '可用 {free}' },
  'doctor.disk-fix': {
    en: 'make room on the disk of {dir}: models, the Python environment and releases take some GiB',
    zh: '在 {dir} 所在的磁盘上腾出空间：模型、Python 环境和发布要占用几个 GiB',
  },
  'doctor.disk-unknown': { en: 'cannot be told: {why}', zh: '无法得知：{why}' },

  'doctor.python-no-venv': { en: '{python}, without venv and pip', zh: '{python}，没有 venv 和 pip' },
  'doctor.python-old': {
    en: '{python}, and 3.11 or newer is needed',
    zh: '{python}，需要 3.11 或更新的版本',
  },
  'doctor.venv-fix': {
    en: 'Debian and Ubuntu: `apt-get install python{version}-venv`; elsewhere reinstall Python with venv and pip',
    zh: 'Debian 与 Ubuntu：`apt-get install python{version}-venv`；其他系统请重新安装带有 venv 和 pip 的 Python',
  },
  'doctor.python-fix-mac': {
    en: '`brew install python@3.12`, or https://www.python.org/downloads',
    zh: '`brew install python@3.12`，或从 https://www.python.org/downloads 下载',
  },
  'doctor.python-fix': {
    en: 'Debian and Ubuntu: `apt-get install python3 python3-venv`; elsewhere https://www.python.org/downloads',
    zh: 'Debian 与 Ubuntu：`apt-get install python3 python3-venv`；其他系统见 https://www.python.org/downloads',
  },
  'doctor.environments': { en: ['{n} environment', '{n} environments'], zh: '{n} 个环境' },
  'doctor.environments-in': {
    en: '{environments} · {size} · {place}',
    zh: '{environments} · {size} · {place}',
  },
  'doctor.places': { en: '{first}; {rest}', zh: '{first}；{rest}' },
  'doctor.no-environment': { en: 'none yet; kept in {place}', zh: '还没有；将保存在 {place}' },
  'doctor.each-project': { en: 'each project', zh: '各个项目中' },
  'doctor.no-home': { en: '{found} (HOME is not set)', zh: '{found}（没有设置 HOME）' },
  'doctor.home-unwritable': {
    en: '{found} ({place} cannot be written to: {why})',
    zh: '{found}（{place} 不可写：{why}）',
  },
  'doctor.home-fix': {
    en: 'every project gets its own until `HOME` or `XDG_CACHE_HOME` names a folder that can be written to',
    zh: '在 `HOME` 或 `XDG_CACHE_HOME` 指向可写的文件夹之前，每个项目各有自己的一份',
  },

  'doctor.loads': { en: 'loads in {time} ms', zh: '加载用时 {time} 毫秒' },
  'doctor.loads-not': { en: 'does not load: {why}', zh: '无法加载：{why}' },
  'doctor.silent': { en: 'no answer within {seconds} s', zh: '{seconds} 秒内没有回应' },
  'doctor.ended-by': { en: 'ended by {signal}', zh: '被 {signal} 终止' },
  'doctor.native-slow-fix': {
    en: 'try again when the machine is less busy; if it stays so, reinstall the packages: `npm ci`',
    zh: '等机器空闲时再试；如果仍然如此，请重新安装依赖包：`npm ci`',
  },
  'doctor.native-fix': {
    en: 'reinstall the packages with `npm ci` on this very machine; they are built for its system and processor',
    zh: '就在这台机器上用 `npm ci` 重新安装软件包；它们是为特定的系统和处理器构建的',
  },

  'doctor.no-project': { en: 'no towpath.yaml here or above', zh: '此处及上级文件夹中没有 towpath.yaml' },
  'doctor.no-project-fix': { en: 'write one with `towpath init`', zh: '用 `towpath init` 写一个' },
  'doctor.valid': { en: '{file} is valid', zh: '{file} 有效' },
  'doctor.first-problem': {
    en: '{error}; first at line {line}: {field} {problem}',
    zh: '{error}；第一处在第 {line} 行：{field} {problem}',
  },
  'doctor.see-validate': { en: 'see `towpath validate`', zh: '请运行 `towpath validate` 查看' },
  'doctor.writable': { en: '{folder} can be written', zh: '{folder} 可写' },
  'doctor.unwritable': { en: '{folder} cannot be written ({why})', zh: '{folder} 不可写（{why}）' },
  'doctor.unwritable-fix': {
    en: 'give yourself write permission: chown or chmod {folder}, or move the project',
    zh: '为自己授予写权限：对 {folder} 执行 chown 或 chmod，或移动项目',
  },
  'doctor.not-running': { en: 'not running', zh: '未运行' },
  'doctor.running': { en: 'running at {url}, pid {pid}', zh: '运行于 {url}，进程 {pid}' },
  'doctor.left-over': {
    en: '{path} was left by a service that ended without a word',
    zh: '{path} 是意外结束的服务留下的',
  },
  'doctor.left-over-fix': {
    en: 'nothing to do: the next `towpath up` takes over',
    zh: '无需处理：下一次 `towpath up` 会接管',
  },

  'doctor.nothing-recorded': { en: 'nothing recorded yet', zh: '还没有记录' },
  'doctor.releases': { en: ['{n} release', '{n} releases'], zh: '{n} 个发布' },
  'doctor.promotions': { en: ['{n} promotion', '{n} promotions'], zh: '{n} 条' },
  'doctor.records-whole': {
    en: '{releases}, the ledger of {promotions} is whole',
    zh: '{releases}，{promotions}上线记录完整',
  },
  'doctor.error': { en: '{code}: {message}', zh: '{code}：{message}' },

  'doctor.port-free': { en: '{address} is free', zh: '{address} 空闲' },
  'doctor.port-any': { en: 'the system chooses one that is free', zh: '由系统选择空闲的端口' },
  'doctor.port-own': {
    en: '{address} is this project’s service, pid {pid}',
    zh: '{address} 是此项目的服务，进程 {pid}',
  },
  'doctor.port-refused': {
    en: '{address} cannot be listened on ({why})',
    zh: '无法监听 {address}（{why}）',
  },
  'doctor.port-low-fix': { en: 'take a port above 1023: serve.port', zh: '请用大于 1023 的端口：serve.port' },
  'doctor.port-fix': {
    en: 'take another address: serve.host and serve.port',
    zh: '请换一个地址：serve.host 和 serve.port',
  },
  'doctor.port-taken': { en: '{address} is taken', zh: '{address} 已被占用' },
  'doctor.port-taken-by': { en: '{address} is taken by {holder}', zh: '{address} 已被 {holder} 占用' },
  'doctor.port-taken-fix': {
    en: 'stop that process, or take another port: serve.port, or `towpath up --port N`',
    zh: '停止该进程，或换一个端口：serve.port，或 `towpath up --port N`',
  },
  'doctor.process': { en: '{name} (pid {pid})', zh: '{name}（进程 {pid}）' },
  'doctor.a-process': { en: 'a process', zh: '某个进程' },
});
