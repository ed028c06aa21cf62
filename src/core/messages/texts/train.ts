import { messages } from '../entry.ts';

/** Models, their places, Python and training: what is wrong with them. */
export const trainMessages = messages({
  'train.unfit': { en: '{name} is {what}', zh: '{name} 是{what}' },
  'train.a-zip': { en: 'a zip', zh: ' zip 文件' },
  'train.no-text': {
    en: 'of architecture {architecture}, which makes vectors and writes no text',
    zh: ' {architecture} 架构的模型，只生成向量，不写文本',
  },
  'train.generator-safetensors': {
    en: 'a safetensors file, and a generator must be GGUF',
    zh: ' safetensors 文件，而生成模型必须是 GGUF',
  },
  'train.bare-safetensors': {
    en: 'a bare safetensors file: its config.json and tokenizer.json are needed beside it, in a zip',
    zh: '单独的 safetensors 文件：还需要 config.json 与 tokenizer.json，与它同在一个 zip 中',
  },
  'train.zip-without': {
    en: 'a zip without model.safetensors: {members}',
    zh: '不含 model.safetensors 的 zip 文件：{members}',
  },
  'train.empty-file': { en: '{name} is empty', zh: '{name} 是空文件' },
  'train.neither-format': {
    en: '{name} is neither GGUF nor safetensors: it begins with bytes {bytes}',
    zh: '{name} 既不是 GGUF 也不是 safetensors：开头的字节为 {bytes}',
  },
  'train.web-page': {
    en: 'It is a web page or a pointer to the file, not the file: look at the address.',
    zh: '这是网页或指向文件的指针，而不是文件本身：请检查地址。',
  },
  'train.zip-neither': {
    en: '{name} is a zip that holds neither GGUF nor safetensors',
    zh: '{name} 是 zip 文件，其中既没有 GGUF 也没有 safetensors',
  },
  'train.pickle': { en: '{name} is {what}: it is not loaded', zh: '{name} 是{what}：不予加载' },
  'train.a-pickle': { en: 'a Python pickle', zh: ' Python pickle 文件' },
  'train.pickle-tar': { en: 'a tar archive, as old PyTorch wrote', zh: '旧版 PyTorch 写出的 tar 归档' },
  'train.pickle-zip': { en: 'a zip that holds the pickle {member}', zh: '含有 pickle {member} 的 zip 文件' },
  'train.cut-off': {
    en: '{name} is cut off: it has {size} bytes, {why}',
    zh: '{name} 不完整：文件有 {size} 字节，{why}',
  },
  'train.header-cut-off': { en: 'its header is cut off', zh: '文件头不完整' },
  'train.header-announces-bytes': {
    en: 'its header announces {bytes} bytes',
    zh: '而文件头声明 {bytes} 字节',
  },
  'train.header-announces': { en: 'its header announces {bytes}', zh: '而文件头声明 {bytes} 字节' },
  'train.broken-safetensors': {
    en: '{name} is no sound safetensors file: {why}',
    zh: '{name} 不是完好的 safetensors 文件：{why}',
  },
  'train.broken-gguf': {
    en: '{name} is no sound GGUF file: {why}',
    zh: '{name} 不是完好的 GGUF 文件：{why}',
  },
  'train.header-bytes': { en: 'a header of {bytes} bytes', zh: '文件头有 {bytes} 字节' },
  'train.no-tensor': { en: '{key} is no tensor', zh: '{key} 不是张量' },
  'train.bytes-after': {
    en: '{bytes} bytes after the last tensor',
    zh: '最后一个张量之后还有 {bytes} 字节',
  },
  'train.no-count': { en: '{value} is no sensible count', zh: '{value} 不是合理的计数' },
  'train.no-magic': { en: 'it does not begin with GGUF', zh: '开头不是 GGUF' },
  'train.gguf-version': { en: 'version {version} is not one of 2, 3', zh: '版本 {version} 不是 2 或 3' },
  'train.too-many-tensors': {
    en: 'it announces absurdly many tensors or keys',
    zh: '声明的张量或键多得不合理',
  },
  'train.alignment': { en: 'alignment {alignment} is no size', zh: '对齐值 {alignment} 不是大小' },
  'train.no-architecture': { en: 'it names no architecture', zh: '没有写明架构' },
  'train.dimensions': { en: 'a tensor has {dimensions} dimensions', zh: '某个张量有 {dimensions} 个维度' },
  'train.tensor-type': { en: 'tensor type {type} is not known', zh: '张量类型 {type} 未知' },
  'train.header-text': {
    en: 'a text of {bytes} bytes in the header',
    zh: '文件头中有一段 {bytes} 字节的文本',
  },
  'train.key-type': { en: 'key type {type} is not known', zh: '键的类型 {type} 未知' },
  'train.header-list': {
    en: 'a list of {length} values in the header',
    zh: '文件头中有一个含 {length} 个值的列表',
  },
  'train.list-type': { en: 'list type {type} is not known', zh: '列表类型 {type} 未知' },
  'train.place-failed': { en: '- {origin}: {why}', zh: '- {origin}：{why}' },
  'train.place-said': { en: '- {why}', zh: '- {why}' },
  'train.no-place': {
    en: 'none of {count} places has the file:{lines}',
    zh: '{count} 个位置都没有该文件：{lines}',
  },
  'train.unknown-place': {
    en: 'unknown kind of place {place}; known are file, hf and pip',
    zh: '未知的位置类型 {place}；已知的有 file、hf 和 pip',
  },
  'train.place-refused': { en: '{origin}: {why}', zh: '{origin}：{why}' },
  'train.other-digest': {
    en: 'the file from {origin} has SHA-256 {actual}{size}, but {expected} is asked for',
    zh: '来自 {origin} 的文件的 SHA-256 为 {actual}{size}，而要求的是 {expected}',
  },
  'train.of-bytes': { en: ' ({bytes} bytes)', zh: '（{bytes} 字节）' },
  'train.broken-zip': {
    en: '{origin} is not a sound zip file: {why}',
    zh: '{origin} 不是完好的 zip 文件：{why}',
  },
  'train.too-many-members': { en: 'more than {most} members', zh: '成员超过 {most} 个' },
  'train.no-member': { en: '{origin} holds no {name}', zh: '{origin} 中没有 {name}' },
  'train.largest-members': { en: 'Its largest files are {members}.', zh: '其中最大的文件是 {members}。' },
  'train.member-bytes': {
    en: '{origin}: {name} announces {bytes} bytes',
    zh: '{origin}：{name} 声明 {bytes} 字节',
  },
  'train.wheel-broken': { en: '{origin}: the wheel cannot be unpacked', zh: '{origin}：无法解开该 wheel' },
  'train.no-wheel': { en: 'pip:{package} is no wheel', zh: 'pip:{package} 不是 wheel' },
  'train.no-pip': { en: 'the Python that was found has no pip', zh: '找到的 Python 没有 pip' },
  'train.install-pip': {
    en: 'Install it: `apt install python3-pip`, or `python3 -m ensurepip`.',
    zh: '请安装：`apt install python3-pip` 或 `python3 -m ensurepip`。',
  },
  'train.pip-silent': {
    en: 'pip:{package}: pip made no progress for 5 minutes',
    zh: 'pip:{package}：pip 已有 5 分钟没有进展',
  },
  'train.pip-unreachable': {
    en: 'pip:{package}: the package index cannot be reached',
    zh: 'pip:{package}：无法访问软件包索引',
  },
  'train.pip-no-wheel': {
    en: 'pip:{package}: the package index has no wheel of it',
    zh: 'pip:{package}：软件包索引中没有它的 wheel',
  },
  'train.pip-versions': {
    en: 'pip:{package}: the package index has {versions}',
    zh: 'pip:{package}：软件包索引中有的版本是 {versions}',
  },
  'train.pip-failed': {
    en: 'pip:{package}: pip failed with status {status}',
    zh: 'pip:{package}：pip 失败，状态码 {status}',
  },
  'train.pip-ended': { en: 'pip ended with status {status}', zh: 'pip 结束，状态码 {status}' },
  'train.other-commit': {
    en: '{origin}: the hub answered with commit {commit} instead',
    zh: '{origin}：模型中心给出的却是提交 {commit}',
  },
  'train.tries': { en: '{why} (tried {tries} times)', zh: '{why}（已尝试 {tries} 次）' },
  'train.redirect-refused': {
    en: '{origin} redirects to {protocol}//, which is refused',
    zh: '{origin} 重定向到 {protocol}//，已拒绝',
  },
  'train.redirects': {
    en: '{url} redirects more than {most} times',
    zh: '{url} 的重定向超过 {most} 次',
  },
  'train.host-unreachable': { en: '{host} cannot be reached: {why}', zh: '无法连接 {host}：{why}' },
  'train.hub-status': { en: '{origin}: the hub answered {status}', zh: '{origin}：模型中心返回 {status}' },
  'train.hub-said': {
    en: '{origin}: the hub answered {status} ({said})',
    zh: '{origin}：模型中心返回 {status}（{said}）',
  },
  'train.hub-continue': {
    en: '{origin}: the hub cannot continue at byte {byte}',
    zh: '{origin}：模型中心无法从第 {byte} 字节处继续',
  },
  'train.hub-broke': {
    en: '{origin}: the connection broke after {bytes} bytes: {why}',
    zh: '{origin}：连接在 {bytes} 字节后中断：{why}',
  },
  'train.hub-short': {
    en: '{origin}: the hub sent {sent} of {all} bytes',
    zh: '{origin}：模型中心只发送了 {all} 字节中的 {sent} 字节',
  },
  'train.copying': { en: 'copying {file}', zh: '复制 {file}' },
  'train.reading-package': { en: 'reading {package}', zh: '读取 {package}' },
  'train.downloading': { en: 'downloading {package}', zh: '下载 {package}' },
  'train.making-environment': { en: 'making a Python environment', zh: '创建 Python 环境' },
  'train.environment-ready': { en: 'Python environment ready', zh: 'Python 环境已就绪' },
  'train.unpacking': { en: 'unpacking packages', zh: '解开软件包' },
  'train.installing': {
    en: 'installing {name} (package {number})',
    zh: '安装 {name}（第 {number} 个软件包）',
  },
  'train.installing-of': {
    en: 'installing {name} (package {number} of {all})',
    zh: '安装 {name}（第 {number} 个软件包，共 {all} 个）',
  },
  'train.no-adapter': {
    en: 'the result of job {job} cannot be served as an adapter: {why}',
    zh: '作业 {job} 的结果不能作为适配器提供服务：{why}',
  },
  'train.whole-model': { en: 'it is a whole model', zh: '它是完整的模型' },
  'train.no-weights': { en: 'the weights it changes are not given', zh: '没有给出它所改变的权重' },
  'train.no-result': {
    en: 'the result holds neither a model nor an adapter',
    zh: '结果中既没有模型也没有适配器',
  },
  'train.no-base': {
    en: 'the result is an adapter, and its base is not given',
    zh: '结果是适配器，但没有给出它的基础模型',
  },
  'train.no-venv': {
    en: 'Python {version} cannot make virtual environments',
    zh: 'Python {version} 无法创建虚拟环境',
  },
  'train.install-venv': {
    en: 'Install its modules: `apt install python3-venv python3-pip`.',
    zh: '请安装它的模块：`apt install python3-venv python3-pip`。',
  },
  'train.no-environment': {
    en: 'the Python environment is not there: {what}',
    zh: 'Python 环境没有就绪：{what}',
  },
  'train.venv-failed': {
    en: 'the virtual environment cannot be made',
    zh: '无法创建虚拟环境',
  },
  'train.packages-failed': { en: 'its packages cannot be installed', zh: '无法安装它的软件包' },
  'train.environment-disk': {
    en: 'the disk filled up while {folder} was made',
    zh: '创建 {folder} 时磁盘已满',
  },
  'train.environment-unreachable': {
    en: 'the package index of Python does not answer: the Python environment cannot be made',
    zh: 'Python 的软件包索引没有响应：无法创建 Python 环境',
  },
  'train.silent': { en: 'it said nothing for minutes', zh: '它已有数分钟没有输出' },
  'train.ended': { en: 'it ended with status {status}', zh: '它结束时的状态码为 {status}' },
  'train.python-needed': {
    en: 'Python {oldest} or newer is needed; there is {found}',
    zh: '需要 Python {oldest} 或更新的版本；{found}',
  },
  'train.no-python': { en: 'no Python on the PATH', zh: 'PATH 中没有 Python' },
  'train.old-pythons': {
    en: 'only older ones on the PATH: {found}',
    zh: 'PATH 中只有较旧的版本：{found}',
  },
  'train.python-is': { en: '{command} is {version}', zh: '{command} 是 {version}' },
});
