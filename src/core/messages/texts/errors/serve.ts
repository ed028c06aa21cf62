import { errorTexts } from '../../error-texts.ts';

export const serveErrorTexts = errorTexts({
  TOW_SERVE_QA_QUESTION_EMPTY: {
    meaning: { en: 'The question has no text.', zh: '问题没有文字。' },
    remedy: { en: 'Ask a question in words.', zh: '请用文字提问。' },
  },
  TOW_SERVE_QA_QUESTION_LONG: {
    meaning: { en: 'The question is longer than 4000 characters.', zh: '问题超过 4000 个字符。' },
    remedy: {
      en: 'Ask a shorter question; long material belongs in the documents.',
      zh: '请缩短问题；较长的材料应放入文档。',
    },
  },
  TOW_SERVE_QA_RETRIEVAL_FAILED: {
    meaning: {
      en: 'The index could not be searched, so there is nothing to answer from.',
      zh: '无法检索索引，因此没有可依据的内容。',
    },
    remedy: {
      en: 'Ask again; if it goes on, run the flow again so that the index is rebuilt.',
      zh: '请重试；若仍失败，请重新运行流程以重建索引。',
    },
  },
  TOW_SERVE_QA_GLOSSARY_BROKEN: {
    meaning: {
      en: 'A line of the glossary is not an English term, a tab and a Chinese term.',
      zh: '术语表的某一行不是“英文术语、制表符、中文术语”。',
    },
    remedy: {
      en: 'Write one pair a line, the two terms parted by one tab; lines that begin with # are notes.',
      zh: '每行写一对术语，中间用一个制表符分隔；以 # 开头的行是注释。',
    },
  },
  TOW_SERVE_REPLICA_NATIVE_MISSING: {
    meaning: {
      en: 'The native llama.cpp library for this machine is not installed or cannot be loaded.',
      zh: '本机所需的 llama.cpp 原生库未安装或无法加载。',
    },
    remedy: {
      en: 'Run `npm ci` again without `--omit=optional`; `towpath doctor` shows which package is missing.',
      zh: '请重新执行 `npm ci`（不要带 `--omit=optional`）；`towpath doctor` 会指出缺少哪个软件包。',
    },
  },
  TOW_SERVE_REPLICA_MODEL_UNREADABLE: {
    meaning: {
      en: 'A model file cannot be loaded: it is truncated, damaged or of a kind that llama.cpp does not know.',
      zh: '模型文件无法加载：文件不完整、已损坏，或 llama.cpp 不支持该类型。',
    },
    remedy: {
      en: 'Run the flow again so that the model is fetched and verified anew.',
      zh: '请重新运行流程，让模型重新下载并校验。',
    },
  },
  TOW_SERVE_REPLICA_PROMPT_TOO_LONG: {
    meaning: {
      en: 'The prompt has more tokens than the model’s context holds.',
      zh: '提示词的令牌数超过了模型上下文的容量。',
    },
    remedy: {
      en: 'Shorten the prompt, or raise `qa.context` in towpath.yaml.',
      zh: '请缩短提示词，或在 towpath.yaml 中调大 `qa.context`。',
    },
  },
  TOW_SERVE_REPLICA_BAD_REQUEST: {
    meaning: {
      en: 'A replica was asked for something that it cannot do.',
      zh: '推理副本收到了无法执行的请求。',
    },
    remedy: { en: 'Correct the field that the message names.', zh: '请修正消息中指出的字段。' },
  },
  TOW_SERVE_REPLICA_BUSY: {
    meaning: {
      en: 'Every slot of the replica is taken and its queue is full.',
      zh: '副本的所有槽位都已占用，等待队列也已满。',
    },
    remedy: {
      en: 'Try again after the seconds in `Retry-After`; raise `serve.slots`, `serve.queue` or `serve.replicas` if it happens often.',
      zh: '请按 `Retry-After` 指示的秒数后重试；若经常发生，可调大 `serve.slots`、`serve.queue` 或 `serve.replicas`。',
    },
  },
  TOW_SERVE_REPLICA_UNAVAILABLE: {
    meaning: {
      en: 'A replica ended or could not be reached while it was needed.',
      zh: '推理副本在需要时退出或无法连接。',
    },
    remedy: {
      en: 'Ask again: the supervisor starts a new replica; the log of the service has the reason.',
      zh: '请重新提问：监管进程会启动新的副本；原因见服务日志。',
    },
  },
  TOW_SERVE_REPLICA_UNAUTHORISED: {
    meaning: {
      en: 'A call to a replica lacked the token that its supervisor gave it.',
      zh: '对副本的调用缺少其监管进程发放的令牌。',
    },
    remedy: {
      en: 'Ask through the gateway; replicas answer only their own supervisor.',
      zh: '请通过网关提问；副本只响应自己的监管进程。',
    },
  },
  TOW_SERVE_GATEWAY_PORT_IN_USE: {
    meaning: { en: 'The port of the gateway is taken by another process.', zh: '网关端口已被其他进程占用。' },
    remedy: {
      en: 'Choose another with `--port`, or stop the process that listens there.',
      zh: '请用 `--port` 换一个端口，或停止占用该端口的进程。',
    },
  },
  TOW_SERVE_GATEWAY_CANNOT_LISTEN: {
    meaning: {
      en: 'The operating system refuses to let the gateway listen on its address.',
      zh: '操作系统不允许网关在该地址监听。',
    },
    remedy: {
      en: 'Choose another port with `--port`; ports below 1024 need special rights.',
      zh: '请用 `--port` 换一个端口；1024 以下的端口需要特殊权限。',
    },
  },
  TOW_SERVE_GATEWAY_HOST_NOT_LOOPBACK: {
    meaning: {
      en: '`serve.host` names an address that other machines can reach; this version serves the local machine only.',
      zh: '`serve.host` 指向其他机器可访问的地址；本版本只为本机提供服务。',
    },
    remedy: { en: 'Use 127.0.0.1, ::1 or localhost.', zh: '请使用 127.0.0.1、::1 或 localhost。' },
  },
  TOW_SERVE_GATEWAY_BAD_REQUEST: {
    meaning: { en: 'The request is not what this endpoint takes.', zh: '请求不符合该接口的要求。' },
    remedy: {
      en: 'Correct the field that the message and `param` name.',
      zh: '请修正消息和 `param` 指出的字段。',
    },
  },
  TOW_SERVE_GATEWAY_BODY_TOO_LARGE: {
    meaning: { en: 'The body of the request is larger than 1 MiB.', zh: '请求体超过 1 MiB。' },
    remedy: { en: 'Send less.', zh: '请减少发送的内容。' },
  },
  TOW_SERVE_GATEWAY_MEDIA_TYPE: {
    meaning: { en: 'The body of the request is not declared as JSON.', zh: '请求体未声明为 JSON。' },
    remedy: {
      en: 'Send the header `Content-Type: application/json`.',
      zh: '请发送请求头 `Content-Type: application/json`。',
    },
  },
  TOW_SERVE_GATEWAY_HEAD_TOO_LARGE: {
    meaning: {
      en: 'The request line and headers together are larger than 16 KiB.',
      zh: '请求行与请求头合计超过 16 KiB。',
    },
    remedy: { en: 'Send fewer or shorter headers.', zh: '请减少或缩短请求头。' },
  },
  TOW_SERVE_GATEWAY_SLOW_REQUEST: {
    meaning: {
      en: 'The request did not arrive in time: 10 seconds for its head, 30 seconds for all of it.',
      zh: '请求未能及时到达：请求头限 10 秒，整个请求限 30 秒。',
    },
    remedy: {
      en: 'Send the request at once when the connection is open.',
      zh: '请在连接建立后立即发送请求。',
    },
  },
  TOW_SERVE_GATEWAY_EXPECTATION: {
    meaning: {
      en: 'The `Expect` header asks for something that the gateway does not do.',
      zh: '`Expect` 请求头要求的行为网关不支持。',
    },
    remedy: {
      en: 'Leave the header out, or send `Expect: 100-continue`.',
      zh: '请去掉该请求头，或发送 `Expect: 100-continue`。',
    },
  },
  TOW_SERVE_GATEWAY_CONNECTIONS: {
    meaning: {
      en: 'As many connections are open as the gateway takes, and none of them is idle.',
      zh: '打开的连接数已达网关上限，且没有空闲连接。',
    },
    remedy: {
      en: 'Clients try again after the seconds in `Retry-After`; look for one that opens connections and does not use them.',
      zh: '客户端请按 `Retry-After` 指示的秒数后重试；请查找只打开连接而不使用的客户端。',
    },
  },
  TOW_SERVE_GATEWAY_NOT_FOUND: {
    meaning: { en: 'The gateway has nothing at this path.', zh: '网关在该路径下没有内容。' },
    remedy: {
      en: 'Compare the path with the list in the handbook under "HTTP API".',
      zh: '请对照手册“HTTP API”一节核对路径。',
    },
  },
  TOW_SERVE_GATEWAY_METHOD: {
    meaning: { en: 'The path exists, but not for this HTTP method.', zh: '路径存在，但不支持该 HTTP 方法。' },
    remedy: { en: 'Use a method from the `Allow` header.', zh: '请使用 `Allow` 响应头中的方法。' },
  },
  TOW_SERVE_GATEWAY_MODEL_NOT_FOUND: {
    meaning: {
      en: 'The request names a model that the live release does not have.',
      zh: '请求中的模型不在当前发布中。',
    },
    remedy: {
      en: 'Use `towpath` or a name from `GET /v1/models`.',
      zh: '请使用 `towpath`，或 `GET /v1/models` 列出的名称。',
    },
  },
  TOW_SERVE_GATEWAY_HOST_REFUSED: {
    meaning: {
      en: 'The request came under a host name or from a web page that is not of this machine.',
      zh: '请求的主机名或来源网页不属于本机。',
    },
    remedy: {
      en: 'Ask at http://127.0.0.1 or http://localhost; the check protects against DNS rebinding.',
      zh: '请访问 http://127.0.0.1 或 http://localhost；该检查用于防止 DNS 重绑定攻击。',
    },
  },
  TOW_SERVE_GATEWAY_BUSY: {
    meaning: {
      en: 'The gateway works on as many requests as it may, and its queue is full.',
      zh: '网关正在处理的请求已达上限，等待队列也已满。',
    },
    remedy: {
      en: 'Try again after the seconds in `Retry-After`; raise `serve.queue` if it happens often.',
      zh: '请按 `Retry-After` 指示的秒数后重试；若经常发生，可调大 `serve.queue`。',
    },
  },
  TOW_SERVE_GATEWAY_NOT_READY: {
    meaning: {
      en: 'No release is live yet, or the service is stopping.',
      zh: '尚无已上线的发布，或服务正在停止。',
    },
    remedy: {
      en: 'Try again after the seconds in `Retry-After`; `towpath status` shows the state.',
      zh: '请按 `Retry-After` 指示的秒数后重试；`towpath status` 可查看状态。',
    },
  },
  TOW_SERVE_GATEWAY_DEADLINE: {
    meaning: {
      en: 'The request took longer than `serve.deadline`.',
      zh: '请求耗时超过了 `serve.deadline`。',
    },
    remedy: {
      en: 'Ask again, ask for fewer tokens, or raise `serve.deadline`.',
      zh: '请重试、减少请求的令牌数，或调大 `serve.deadline`。',
    },
  },
});
