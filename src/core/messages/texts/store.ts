import { messages } from '../entry.ts';

/** Records and artifacts: what is wrong with them, and what was being done when the machine refused it. */
export const storeMessages = messages({
  'store.disk-full': { en: 'the disk is full: {doing}', zh: '磁盘已满：{doing}' },
  'store.not-allowed': { en: 'not allowed: {doing}', zh: '没有权限：{doing}' },
  'store.making-folder': { en: 'making the folder {path}', zh: '创建文件夹 {path}' },
  'store.making-folder-in': {
    en: 'making the folder {path} in {found}',
    zh: '在 {found} 中创建文件夹 {path}',
  },
  'store.moving': { en: 'moving {files} to {to}', zh: '将 {files} 移到 {to}' },
  'store.removing': { en: 'removing {path}', zh: '删除 {path}' },
  'store.reading': { en: 'reading {path}', zh: '读取 {path}' },
  'store.writing': { en: 'writing {path}', zh: '写入 {path}' },
  'store.locking': { en: 'locking {path}', zh: '锁定 {path}' },
  'store.copying': { en: 'copying to {path}', zh: '复制到 {path}' },
  'store.fetching': { en: 'fetching {origin}', zh: '获取 {origin}' },
  'store.running-step': { en: 'running the step {step}', zh: '运行步骤 {step}' },
  'store.working-on-rows': { en: 'working on the rows of a step', zh: '处理某个步骤的数据行' },
  'store.keeping-artifact': { en: 'keeping {path} as an artifact', zh: '将 {path} 保存为产物' },
  'store.writing-artifact': { en: 'writing an artifact', zh: '写入产物' },
  'store.reading-artifact': { en: 'reading the artifact {artifact}', zh: '读取产物 {artifact}' },
  'store.creating-database': { en: 'creating the database {path}', zh: '创建数据库 {path}' },
  'store.opening-database': { en: 'opening the database {path}', zh: '打开数据库 {path}' },
  'store.using-database': { en: 'using the database {path}', zh: '使用数据库 {path}' },

  'store.not-a-folder': {
    en: '{path} is {what}, and a folder is needed there',
    zh: '{path} 是{what}，而此处需要文件夹',
  },
  'store.a-file': { en: 'a file', zh: '文件' },
  'store.a-link': { en: 'a link that leads to no folder', zh: '没有指向文件夹的链接' },

  'store.name-a-folder': {
    en: 'name a folder, or a place for a new one',
    zh: '请指定一个文件夹，或新文件夹的位置',
  },

  'store.records-lost': {
    en: 'the records are lost: the database {how}, while its artifacts folder holds {count} artifacts{releases}',
    zh: '记录已丢失：数据库{how}，而产物文件夹中有 {count} 个产物{releases}',
  },
  'store.database-missing': { en: 'is missing', zh: '不存在' },
  'store.database-empty': { en: 'is empty', zh: '为空' },
  'store.database-no-release': { en: 'has no release', zh: '中没有发布' },
  'store.database-ends': { en: 'ends at {release}', zh: '只到 {release} 为止' },
  'store.and-release': { en: ', and the release {release}', zh: '，以及发布 {release}' },
  'store.and-releases': { en: ', and the releases {releases}', zh: '，以及发布 {releases}' },
  'store.span': { en: '{first} to {last}', zh: '{first} 至 {last}' },

  'store.database-damaged': { en: 'the database {path} is damaged', zh: '数据库 {path} 已损坏' },
  'store.database-damaged-why': {
    en: 'the database {path} is damaged: {why}',
    zh: '数据库 {path} 已损坏：{why}',
  },
  'store.database-lacks': { en: 'it lacks {parts}', zh: '其中缺少 {parts}' },
  'store.record-damaged': {
    en: 'a record in the database is damaged: its text is no JSON',
    zh: '数据库中的某条记录已损坏：其文本不是 JSON',
  },
  'store.database-locked': {
    en: 'the database {path} is locked by another process',
    zh: '数据库 {path} 被另一个进程锁定',
  },
  'store.database-unopened': { en: 'cannot open the database {path}', zh: '无法打开数据库 {path}' },
  'store.database-failed': { en: 'the database {path} failed: {why}', zh: '数据库 {path} 出错：{why}' },
  'store.newer': {
    en: '{what} has schema {found}, and this Towpath knows schemas up to {known}',
    zh: '{what}的格式版本为 {found}，而此 Towpath 最多认识到版本 {known}',
  },
  'store.the-database': { en: 'the database', zh: '数据库' },
  'store.a-copy': { en: 'a record kept beside the artifacts', zh: '产物旁边保存的某条记录' },
  'store.label-of': { en: 'the label of artifact {artifact}', zh: '产物 {artifact} 的标签' },

  'store.release-unknown': { en: 'there is no release {name}', zh: '没有发布 {name}' },
  'store.newest-are': { en: 'the newest are {releases}', zh: '最新的有 {releases}' },
  'store.only-release': { en: 'there is only {release}', zh: '只有 {release}' },
  'store.make-release': { en: 'make one with `towpath run`', zh: '请用 `towpath run` 生成一个' },
  'store.claim-lost': {
    en: '{run} no longer has the right to step {step}: it was given up while it worked',
    zh: '{run} 已无权执行步骤 {step}：它在工作期间被放弃',
  },

  'store.ledger-broken': {
    en: 'the ledger of promotions is broken: {what}',
    zh: '上线记录不完整：{what}',
  },
  'store.ledger-order': {
    en: 'promotion {seq} does not follow the one before',
    zh: '第 {seq} 条与前一条不衔接',
  },
  'store.ledger-headless': { en: 'its head was removed', zh: '记录末尾的标记已被删除' },
  'store.ledger-count': {
    en: 'there are {count} promotions, and its head names {named}',
    zh: '共有 {count} 条，而末尾的标记注明 {named} 条',
  },
  'store.ledger-short': {
    en: 'it ends after {count} promotions, and {made} were made',
    zh: '到第 {count} 条为止，而实际有过 {made} 条',
  },
  'store.ledger-other': {
    en: 'promotion {seq} is not the one that was made',
    zh: '第 {seq} 条与当时写下的不同',
  },

  'store.artifact': { en: 'artifact {artifact}: {problem}', zh: '产物 {artifact}：{problem}' },
  'store.list-changed': { en: 'its list of files was changed', zh: '它的文件列表被改动' },
  'store.content-gone': { en: 'its content is gone', zh: '它的内容已丢失' },
  'store.its-file': { en: 'its file', zh: '它的文件' },
  'store.file-gone': { en: '{file} is gone', zh: '{file} 已丢失' },
  'store.file-changed': { en: '{file} was changed', zh: '{file} 被改动' },
  'store.file-added': { en: '{file} was put in', zh: '{file} 是后来放入的' },
  'store.label-damaged': {
    en: 'the label of artifact {artifact} is damaged',
    zh: '产物 {artifact} 的标签已损坏',
  },
  'store.label-gone': { en: 'the label of artifact {artifact} is gone', zh: '产物 {artifact} 的标签已丢失' },
  'store.other-artifact': { en: 'it names another artifact', zh: '它写的是另一个产物' },
  'store.artifact-missing': {
    en: 'artifact {artifact} is not in the store',
    zh: '产物 {artifact} 不在存储中',
  },
  'store.artifact-damaged': {
    en: 'artifact {artifact} was damaged, and nothing has made it anew yet',
    zh: '产物 {artifact} 已损坏，还没有重新生成',
  },
  'store.digest-shared': {
    en: 'a file and a folder share the digest {digest}',
    zh: '一个文件与一个文件夹的摘要同为 {digest}',
  },
  'store.refused': { en: '{what} is {why}', zh: '{what}：{why}' },
  'store.the-output': { en: 'the output', zh: '输出' },
  'store.too-deep': { en: 'deeper than {most} folders', zh: '嵌套超过 {most} 层文件夹' },
  'store.bad-name': { en: 'a name that other systems refuse', zh: '名称在其他系统上不被接受' },
  'store.is-link': { en: 'a link', zh: '是链接' },
  'store.is-special': { en: 'a special file', zh: '是特殊文件' },
  'store.long-path': { en: 'a path over {most} characters', zh: '路径超过 {most} 个字符' },
  'store.too-many-files': { en: 'over {most} files', zh: '文件超过 {most} 个' },
  'store.too-many-bytes': { en: 'over {most} bytes', zh: '超过 {most} 字节' },

  'store.backup-refused': { en: 'cannot back up to {path}: {why}', zh: '无法备份到 {path}：{why}' },
  'store.backup-inside': {
    en: 'it lies in the folder that is backed up',
    zh: '它位于要备份的文件夹之内',
  },
  'store.backup-older': {
    en: 'it holds an earlier backup, and the database is damaged now',
    zh: '其中有较早的备份，而现在的数据库已损坏',
  },
  'store.backup-strange': {
    en: 'it holds {name}, which is not of a backup',
    zh: '其中有 {name}，它不属于备份',
  },
  'store.backup-other': {
    en: 'it holds a backup with {name}, which the records of this project do not have, and which would be lost',
    zh: '其中的备份含有 {name}，而此项目的记录中没有它；继续备份会使它丢失',
  },
  'store.backup-damaged': {
    en: 'the towpath.db in it is damaged, so that nothing tells whose backup it is',
    zh: '其中的 towpath.db 已损坏，无法判断它是哪个项目的备份',
  },
});
