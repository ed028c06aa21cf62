import { messages } from '../entry.ts';

/** The project file as a whole: where it is, whether it can be read, what it is not trusted with; secrets. */
export const projectMessages = messages({
  'project.none-above': {
    en: 'there is no {file} in {folder} or any folder above it',
    zh: '{folder} 及其上级文件夹中没有 {file}',
  },
  'project.no-folder': {
    en: 'the project folder {folder} does not exist',
    zh: '项目文件夹 {folder} 不存在',
  },
  'project.none-in': { en: 'there is no {file} in {folder}', zh: '{folder} 中没有 {file}' },
  'project.rename': { en: 'rename {found} to {file}', zh: '请将 {found} 重命名为 {file}' },
  'project.write-one': {
    en: 'write one with `towpath init {folder}`, or name another folder with --project',
    zh: '用 `towpath init {folder}` 生成一个，或用 --project 指定另一个文件夹',
  },
  'project.make-one': {
    en: 'name a folder that is there with --project; `towpath init {folder}` would make this one',
    zh: '请用 --project 指定已有的文件夹；`towpath init {folder}` 会新建这一个',
  },
  'project.problems': {
    en: ['{file} has {n} problem', '{file} has {n} problems'],
    zh: '{file} 有 {n} 处错误',
  },
  'project.untrusted': {
    en: [
      '{file} asks for something that this project is not trusted with',
      '{file} asks for {n} things that this project is not trusted with',
    ],
    zh: '{file} 要求 {n} 项此项目未被信任的内容',
  },
  'project.unreadable': { en: '{file} cannot be read', zh: '无法读取 {file}' },
  'project.unreadable-why': { en: '{file} cannot be read: {why}', zh: '无法读取 {file}：{why}' },

  'project.replace-link': {
    en: 'put the file itself in place of the link: a project file must lie in its project’s folder',
    zh: '请把文件本身放到链接的位置：项目文件必须位于项目文件夹之内',
  },
  'project.replace-special': {
    en: 'move it away, and put a text file in its place',
    zh: '请把它移走，并在该位置放一个文本文件',
  },

  'secret.literal': {
    en: 'a secret must not stand here, only where it is kept',
    zh: '此处不能写机密本身，只能写它保存在哪里',
  },
  'secret.missing': {
    en: 'the secret {secret} is empty or not there',
    zh: '机密 {secret} 为空或不存在',
  },
  'secret.export': {
    en: 'set it before starting: export {name}=…',
    zh: '请在启动之前设置：export {name}=…',
  },
  'secret.write': {
    en: 'write the secret into {path}, readable by you alone',
    zh: '请把机密写入 {path}，并确保只有你能读取',
  },
  'secret.unreadable': { en: 'the secret file {path} cannot be read', zh: '无法读取机密文件 {path}' },
  'secret.unreadable-why': {
    en: 'the secret file {path} cannot be read: {why}',
    zh: '无法读取机密文件 {path}：{why}',
  },

  'untrusted.host': { en: 'this project is not trusted to ask {host}', zh: '此项目未被信任访问 {host}' },
  'untrusted.secret': {
    en: 'this project is not trusted to send {secret} to {host}',
    zh: '此项目未被信任将 {secret} 发送到 {host}',
  },
  'untrusted.path': {
    en: '{path} leads out of the project folder, to {real}',
    zh: '{path} 通向项目文件夹之外的 {real}',
  },
  'untrusted.state': {
    en: '{path} is a link that leads out of the project folder, to {real}, where Towpath would write',
    zh: '{path} 是通向项目文件夹之外的链接，Towpath 将写入它指向的 {real}',
  },
  'untrusted.redirect': {
    en: '{from} redirects to {to}, which this project is not trusted to ask',
    zh: '{from} 重定向到 {to}，而此项目未被信任访问它',
  },
  'untrusted.file': { en: '{path}: {why}', zh: '{path}：{why}' },
  'untrusted.accepted-host': {
    en: 'this machine, {hub}, or a host that you trust the project with',
    zh: '本机、{hub}，或你信任此项目访问的主机',
  },
  'untrusted.accepted-secret': {
    en: 'a secret that you trust the project with, and the host that it goes to',
    zh: '你信任此项目使用的机密，以及它要发送到的主机',
  },
  'untrusted.accepted-path': {
    en: 'a path in the project folder, or one that you trust the project with',
    zh: '项目文件夹中的路径，或你信任此项目读取的路径',
  },
  'untrusted.accepted-file': { en: 'a file in the project folder', zh: '项目文件夹中的文件' },

  'trust-entry.path': { en: 'the path {path} is not absolute', zh: '路径 {path} 不是绝对路径' },
  'trust-entry.secret': {
    en: '{text} names no secret and its host',
    zh: '{text} 没有写明机密及其主机',
  },
  'trust-entry.secret-form': {
    en: 'write it as `env:NAME@hub.example` or `file:PATH@hub.example`: a secret is trusted to one host',
    zh: '请写成 `env:NAME@hub.example` 或 `file:PATH@hub.example`：一个机密只信任给一个主机',
  },
  'trust-entry.host': { en: '{text} is no host', zh: '{text} 不是主机' },
  'trust-entry.host-form': {
    en: 'write it as `hub.example`, `hub.example:8443` or `http://hub.example:8080`',
    zh: '请写成 `hub.example`、`hub.example:8443` 或 `http://hub.example:8080`',
  },

  'trust-file.refused': {
    en: 'the trust file {file} is refused: {why}',
    zh: '拒绝使用信任文件 {file}：{why}',
  },
  'trust-file.in-checkout': {
    en: 'it lies in the checkout of the project itself',
    zh: '它位于项目自己的代码检出目录中',
  },
  'trust-file.in-project': { en: 'it lies in the project folder itself', zh: '它位于项目文件夹之中' },
  'trust-file.elsewhere': {
    en: 'keep it where a change to the project cannot reach it',
    zh: '请把它放在项目的修改触及不到的地方',
  },
  'trust-file.other': {
    en: 'it is not a trust file of this version of Towpath',
    zh: '它不是此版本 Towpath 的信任文件',
  },
  'trust-file.not-written': { en: 'it cannot be written', zh: '无法写入' },
  'trust-file.writable': { en: 'others may write it', zh: '其他用户可以写入它' },
  'trust-file.chmod': { en: 'chmod 600 {file}', zh: '执行 chmod 600 {file}' },
  'trust-file.held': {
    en: 'another command has held {path} for {seconds} s',
    zh: '另一个命令占用 {path} 已有 {seconds} 秒',
  },
});
