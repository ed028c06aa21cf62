import { messages } from '../entry.ts';

export const trustMessages = messages({
  'trust.option': {
    en: 'file that says what projects are trusted with, for CI (default: your own; so does TOWPATH_TRUST)',
    zh: '记录项目信任范围的文件，供 CI 使用（默认用你自己的；也可用 TOWPATH_TRUST 指定）',
  },
  'trust.about': {
    en: 'show what the project asks for and is trusted with; trust it with more, or revoke',
    zh: '显示项目的要求与信任范围；增加信任或撤销信任',
  },
  'trust.host': { en: 'a host that the project may ask', zh: '项目可以访问的主机' },
  'trust.secret': {
    en: 'a secret and the one host that it may be sent to',
    zh: '一个机密，以及它可以发送到的那一个主机',
  },
  'trust.path': {
    en: 'a file or folder outside of the project that it may read, or keep its state in',
    zh: '位于项目之外、项目可以读取或用来保存状态的文件或文件夹',
  },
  'trust.revoke': {
    en: 'take back what is named, or everything',
    zh: '撤销列出的信任；未列出时撤销全部',
  },
  'trust.example.list': {
    en: 'what the project asks for, and whether it is trusted with it',
    zh: '项目要求什么，以及是否已被信任',
  },
  'trust.example.secret': {
    en: 'a mirror of the hub, and the token that it may have',
    zh: '信任一个镜像站，以及可以发给它的令牌',
  },
  'trust.example.path': { en: 'model files kept beside the project', zh: '放在项目旁边的模型文件' },
  'trust.example.revoke': { en: 'trust it with nothing any more', zh: '不再给予任何信任' },
  'trust.project': { en: 'project: {project}', zh: '项目：{project}' },
  'trust.file': { en: 'trust is kept in {file}', zh: '信任记录保存在 {file}' },
  'trust.nothing': {
    en: 'the project asks for nothing that needs your trust, and is trusted with nothing',
    zh: '项目没有要求任何需要信任的内容，也没有被给予任何信任',
  },
  'trust.kind.host': { en: 'host', zh: '主机' },
  'trust.kind.secret': { en: 'secret', zh: '机密' },
  'trust.kind.path': { en: 'path', zh: '路径' },
  'trust.column.kind': { en: 'KIND', zh: '种类' },
  'trust.column.value': { en: 'WHAT', zh: '内容' },
  'trust.column.where': { en: 'ASKED FOR AT', zh: '要求出处' },
  'trust.not-there': { en: 'not there: {paths}', zh: '不存在：{paths}' },
  'trust.problems': {
    en: 'the project file has problems, and may ask for more: see `towpath validate`',
    zh: '项目文件存在错误，可能还有其他要求：请运行 `towpath validate` 查看',
  },
  'trust.missing': {
    en: 'if you know why the project asks for what is not trusted, trust it:',
    zh: '如果你清楚项目为何需要未被信任的内容，请信任它：',
  },
  'trust.hint': {
    en: 'if you know why the project asks for it, trust it: `{command}`',
    zh: '如果你清楚项目为何需要它，请信任它：`{command}`',
  },
  'trust.hint-both': { en: 'correct the places listed; {hint}', zh: '请修改列出的各处；{hint}' },
});
