import { errorTexts } from '../../error-texts.ts';

export const trainErrorTexts = errorTexts({
  TOW_TRAIN_SOURCES_FAILED: {
    meaning: {
      en: 'A model could be had from none of the places under its `from`; each is listed with its reason.',
      zh: '模型在其 `from` 所列的任何位置都无法取得；每个位置及原因均已列出。',
    },
    remedy: {
      en: 'Mend one of the places, or add one that this machine can reach: `file:` for a copy brought by hand.',
      zh: '修复其中一个位置，或添加本机可访问的位置：手工拷贝的文件可用 `file:`。',
    },
  },
  TOW_TRAIN_SOURCE_UNREACHABLE: {
    meaning: {
      en: 'The place that holds a model did not answer, or broke off too often.',
      zh: '存放模型的位置没有响应，或中断次数过多。',
    },
    remedy: {
      en: 'Check the network, proxy or `endpoint`, and run again: what was downloaded is kept and continued.',
      zh: '检查网络、代理或 `endpoint` 后重新运行：已下载的部分会保留并继续。',
    },
  },
  TOW_TRAIN_SOURCE_NOT_FOUND: {
    meaning: {
      en: 'The place answered, but has no such file, package, repository or revision.',
      zh: '该位置有响应，但没有这样的文件、软件包、仓库或修订版本。',
    },
    remedy: {
      en: 'Compare the names under `models.*.from` with what the place holds.',
      zh: '将 `models.*.from` 中的名称与该位置实际内容核对。',
    },
  },
  TOW_TRAIN_SOURCE_DENIED: {
    meaning: {
      en: 'The hub asks for a token, or the token may not read this repository.',
      zh: '模型中心要求令牌，或该令牌无权读取此仓库。',
    },
    remedy: {
      en: 'Accept the licence on the hub, make a read token, and name it: `token: env:HF_TOKEN`.',
      zh: '在模型中心接受许可协议，创建只读令牌并引用它：`token: env:HF_TOKEN`。',
    },
  },
  TOW_TRAIN_WEIGHTS_MISMATCH: {
    meaning: {
      en: 'The weights are not the ones that `sha256` names: another version, or changed by someone. They were not used.',
      zh: '权重与 `sha256` 指定的不一致：可能是其他版本，或已被篡改。它们未被使用。',
    },
    remedy: {
      en: 'Find out why before you change `sha256`: compare it with the digest that the publisher shows.',
      zh: '修改 `sha256` 之前请先查明原因：与发布者公布的摘要进行核对。',
    },
  },
  TOW_TRAIN_WEIGHTS_TRUNCATED: {
    meaning: {
      en: 'A model file ends before the tensors that its header announces.',
      zh: '模型文件在其文件头声明的张量之前就结束了。',
    },
    remedy: { en: 'Fetch the file again from its publisher.', zh: '请从发布者处重新获取该文件。' },
  },
  TOW_TRAIN_WEIGHTS_FORMAT: {
    meaning: {
      en: 'A model file is neither GGUF nor safetensors, or its header is damaged.',
      zh: '模型文件既不是 GGUF 也不是 safetensors，或其文件头已损坏。',
    },
    remedy: {
      en: 'Take a GGUF file; for an embedder, safetensors of a BERT model will do.',
      zh: '请使用 GGUF 文件；嵌入模型也可使用 BERT 的 safetensors。',
    },
  },
  TOW_TRAIN_PICKLE_REFUSED: {
    meaning: {
      en: 'A model file is a Python pickle, which runs code when it is loaded. Towpath never loads one.',
      zh: '模型文件是 Python pickle，加载时会执行代码。Towpath 从不加载此类文件。',
    },
    remedy: {
      en: 'Take the same model as GGUF or safetensors.',
      zh: '请使用同一模型的 GGUF 或 safetensors 版本。',
    },
  },
  TOW_TRAIN_MODEL_UNFIT: {
    meaning: {
      en: 'A model cannot do what it is listed for: a generator must write text, an embedder must be a BERT-like encoder.',
      zh: '模型不适合其用途：生成模型必须能生成文本，嵌入模型必须是 BERT 类编码器。',
    },
    remedy: {
      en: 'Move it to the other key under `models`, or take another model.',
      zh: '将其移到 `models` 下的另一个键，或换用其他模型。',
    },
  },
  TOW_TRAIN_PYTHON_MISSING: {
    meaning: {
      en: 'A step needs Python 3.11 or newer, with venv and pip, and found none.',
      zh: '某个步骤需要 Python 3.11 或更高版本（含 venv 和 pip），但未找到。',
    },
    remedy: {
      en: 'Install Python 3.11 or newer (`apt install python3 python3-venv`, `brew install python`, python.org) and run again.',
      zh: '安装 Python 3.11 或更高版本（`apt install python3 python3-venv`、`brew install python` 或 python.org），然后重新运行。',
    },
  },
  TOW_TRAIN_PYTHON_SETUP: {
    meaning: {
      en: 'The virtual environment for training steps could not be made.',
      zh: '无法创建训练步骤所用的虚拟环境。',
    },
    remedy: {
      en: 'Read pip’s own words in the step’s log; most often the package index cannot be reached or the disk is full.',
      zh: '查看步骤日志中 pip 的输出；最常见的原因是软件包索引无法访问或磁盘已满。',
    },
  },
  TOW_TRAIN_PYTHON_UNREACHABLE: {
    meaning: {
      en: 'The package index that the Python environment comes from did not answer.',
      zh: '提供 Python 环境的软件包索引没有响应。',
    },
    remedy: {
      en: 'Check the network and proxy, or name a mirror in `PIP_INDEX_URL`, and run again: packages that came are kept by pip.',
      zh: '检查网络和代理，或用 `PIP_INDEX_URL` 指定镜像，然后重新运行：已下载的软件包由 pip 保留。',
    },
  },
  TOW_TRAIN_PYTHON_DISK_FULL: {
    meaning: {
      en: 'The disk filled up while the Python environment was made; what was there of it is removed.',
      zh: '创建 Python 环境时磁盘已满；已写入的部分已删除。',
    },
    remedy: {
      en: 'Free some space, or let `XDG_CACHE_HOME` name a folder on a larger disk, and run again.',
      zh: '释放空间，或让 `XDG_CACHE_HOME` 指向更大磁盘上的目录，然后重新运行。',
    },
  },
});
