import { messages } from '../entry.ts';

export const storeMessages = messages({
  'store.disk-full': { en: 'the disk is full: {doing}', zh: '磁盘已满：{doing}' },
});
