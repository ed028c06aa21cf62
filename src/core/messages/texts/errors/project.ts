import { errorTexts } from '../../error-texts.ts';

export const projectErrorTexts = errorTexts({
  TOW_PROJECT_INVALID: {
    meaning: {
      en: 'towpath.yaml has mistakes; each is listed with its place, its value and what is accepted.',
      zh: 'towpath.yaml 有错误；每一处都列出位置、当前值和可接受的值。',
    },
    remedy: {
      en: 'Correct the places listed, then check with `towpath validate`.',
      zh: '请修改列出的各处，然后用 `towpath validate` 检查。',
    },
  },
  TOW_PROJECT_SEVERAL: {
    meaning: {
      en: 'No project was named, and several below the current folder could be meant.',
      zh: '没有指定项目，而当前文件夹下有多个可能的项目。',
    },
    remedy: {
      en: 'Name one with --project, or change into its folder.',
      zh: '请用 --project 指定一个，或进入其文件夹。',
    },
  },
  TOW_PROJECT_NOT_FOUND: {
    meaning: {
      en: 'No towpath.yaml was found in the folder named, or in the current folder and those above it.',
      zh: '在指定的文件夹、或当前文件夹及其上级文件夹中，没有找到 towpath.yaml。',
    },
    remedy: {
      en: 'Write one with `towpath init`, or name the project’s folder with --project.',
      zh: '请用 `towpath init` 生成一个，或用 --project 指定项目文件夹。',
    },
  },
  TOW_PROJECT_UNREADABLE: {
    meaning: {
      en: 'towpath.yaml exists but cannot be read: no permission, not a file, or far too large.',
      zh: 'towpath.yaml 存在但无法读取：没有权限、不是文件，或者过大。',
    },
    remedy: {
      en: 'Make it a readable text file of less than 256 KiB.',
      zh: '请确保它是可读的、小于 256 KiB 的文本文件。',
    },
  },
  TOW_PROJECT_EXISTS: {
    meaning: {
      en: '`towpath init` would overwrite a towpath.yaml that is already there.',
      zh: '`towpath init` 会覆盖已存在的 towpath.yaml。',
    },
    remedy: {
      en: 'Keep it, or replace it with `towpath init --force`.',
      zh: '请保留它，或用 `towpath init --force` 替换。',
    },
  },
  TOW_PROJECT_NOT_WRITABLE: {
    meaning: {
      en: 'The project’s folder does not exist or may not be written.',
      zh: '项目文件夹不存在或不可写。',
    },
    remedy: {
      en: 'Create the folder, or change its permissions, or name another.',
      zh: '请创建该文件夹、修改其权限，或指定另一个文件夹。',
    },
  },
  TOW_PROJECT_SECRET_MISSING: {
    meaning: {
      en: 'A secret that towpath.yaml refers to is not there: the environment variable or file is missing or empty.',
      zh: 'towpath.yaml 引用的机密不存在：环境变量或文件缺失或为空。',
    },
    remedy: {
      en: 'Set the variable or write the file, then start again.',
      zh: '请设置该变量或写入该文件，然后重新启动。',
    },
  },
  TOW_PROJECT_FILE_REFUSED: {
    meaning: {
      en: 'A file that the project names is missing, is no regular file, is too large, may not be read, or changed while it was read.',
      zh: '项目指定的某个文件不存在、不是普通文件、过大、不可读，或在读取过程中发生了变化。',
    },
    remedy: {
      en: 'Put a regular file there that this user may read, or name another.',
      zh: '请在该处放一个当前用户可读的普通文件，或改用其他文件。',
    },
  },
  TOW_PROJECT_UNTRUSTED: {
    meaning: {
      en: 'The project asks for a path outside of its folder, a host or a secret that you have not trusted it with.',
      zh: '项目要求使用其文件夹之外的路径、某个主机或某个机密，而你尚未信任它这样做。',
    },
    remedy: {
      en: 'If you know why the project asks for it, run the `towpath trust` command that the message gives; else leave it.',
      zh: '如果你清楚项目为何需要它，请运行消息中给出的 `towpath trust` 命令；否则不要理会。',
    },
  },
  TOW_PROJECT_TRUST_FILE: {
    meaning: {
      en: 'The file that says what projects are trusted with cannot be read or written, was changed by somebody else, or lies where a change to the project could bring it.',
      zh: '记录项目信任范围的文件无法读写、可被他人修改，或位于项目改动能够触及的位置。',
    },
    remedy: {
      en: 'Mend the file as the message says, or move it aside and trust anew with `towpath trust`.',
      zh: '请按消息修正该文件，或将其移开后用 `towpath trust` 重新授予信任。',
    },
  },
  TOW_PROJECT_TRUST_ENTRY: {
    meaning: {
      en: 'What `towpath trust` was given is no host, no secret with its host, or no path.',
      zh: '传给 `towpath trust` 的内容不是主机、不是带主机的机密，也不是路径。',
    },
    remedy: {
      en: 'Write `--host hub.example`, `--secret env:NAME@hub.example` or `--path ../folder`.',
      zh: '请写成 `--host hub.example`、`--secret env:NAME@hub.example` 或 `--path ../folder`。',
    },
  },
});
