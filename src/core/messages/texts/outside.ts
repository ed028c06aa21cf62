import { messages } from '../entry.ts';

/** Why a file that came from outside is not opened. */
export const outsideMessages = messages({
  'outside.refused': { en: '{path} is refused: {reason}', zh: '拒绝打开 {path}：{reason}' },
  'outside.leads-out': { en: 'it leads out of the project folder', zh: '它通向项目文件夹之外' },
  'outside.circle': { en: 'it is a link that leads in a circle', zh: '它是循环链接' },
  'outside.dangling': { en: 'it is a link to a file that is not there', zh: '它是链接，指向的文件不存在' },
  'outside.missing': { en: 'it is not there', zh: '它不存在' },
  'outside.of-tool': {
    en: 'it lies in {folder}, which belongs to a tool',
    zh: '它位于 {folder} 中，该文件夹属于某个工具',
  },
  'outside.too-large': { en: 'it has {size}, the limit is {most}', zh: '它有 {size}，上限是 {most}' },
  'outside.unreadable': { en: 'the system refuses to read it ({code})', zh: '系统拒绝读取它（{code}）' },
  'outside.unknown': { en: 'unknown error', zh: '原因不明' },
  'outside.replaced': { en: 'it was replaced while it was being opened', zh: '它在打开时被替换' },
  'outside.not-read': { en: 'it can no longer be read', zh: '它已无法读取' },
  'outside.grown': { en: 'it has grown', zh: '它变长了' },
  'outside.shorter': { en: 'it has become shorter', zh: '它变短了' },
  'outside.gone': { en: 'it went away', zh: '它消失了' },
  'outside.fifo': { en: 'it is a FIFO, not a file', zh: '它是 FIFO，而不是文件' },
  'outside.socket': { en: 'it is a socket, not a file', zh: '它是套接字，而不是文件' },
  'outside.folder': { en: 'it is a folder, not a file', zh: '它是文件夹，而不是文件' },
  'outside.not-a-file': { en: '{path} is not a file', zh: '{path} 不是文件' },
  'outside.device': { en: 'it is a device, not a file', zh: '它是设备，而不是文件' },
});
