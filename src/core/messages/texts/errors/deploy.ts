import { errorTexts } from '../../error-texts.ts';

export const deployErrorTexts = errorTexts({
  TOW_DEPLOY_REPLICA_CRASHED: {
    meaning: {
      en: 'A replica ended again and again, and the supervisor gave up.',
      zh: '副本反复退出，监管进程已放弃重启。',
    },
    remedy: {
      en: 'Read the last lines that it wrote, below; a model too large for the memory is the usual reason.',
      zh: '请查看下方它最后输出的内容；最常见的原因是模型超出内存容量。',
    },
  },
  TOW_DEPLOY_REPLICA_HUNG: {
    meaning: {
      en: 'A replica lived, but gave no sign of life or got nowhere with its work, and was killed.',
      zh: '副本进程仍在，但没有任何响应，或者手里的工作毫无进展，已被终止。',
    },
    remedy: {
      en: 'Nothing, when it happens once: another is started. When it goes on, look for a lack of memory, a suspended process or a stalled disk.',
      zh: '偶尔一次无需处理：会启动新的副本。若反复发生，请检查内存是否不足、进程是否被暂停、磁盘是否停滞。',
    },
  },
  TOW_DEPLOY_REPLICA_NOT_READY: {
    meaning: {
      en: 'A replica was not ready to work in the time it has for that.',
      zh: '副本未能在规定时间内就绪。',
    },
    remedy: {
      en: 'Try again on a quieter machine; the log of the service has what it did.',
      zh: '请在负载较低的机器上重试；服务日志记录了它的行为。',
    },
  },
  TOW_DEPLOY_NO_REPLICA: {
    meaning: { en: 'No replica is ready to take the request.', zh: '没有就绪的副本可以处理该请求。' },
    remedy: {
      en: 'Try again in a few seconds: the supervisor is starting one.',
      zh: '请几秒后重试：监管进程正在启动副本。',
    },
  },
  TOW_DEPLOY_NO_ROLLBACK_TARGET: {
    meaning: { en: 'There is no earlier release to go back to.', zh: '没有可以回退到的更早发布。' },
    remedy: {
      en: 'Name a release that `towpath releases` lists: `towpath rollback <release>`; a single release has none before it.',
      zh: '请指定 `towpath releases` 列出的发布：`towpath rollback <发布>`；只有一个发布时，没有可回退的目标。',
    },
  },
  TOW_DEPLOY_UNKNOWN_TARGET: {
    meaning: { en: 'The deploy target is none that Towpath knows.', zh: 'Towpath 不认识该部署目标。' },
    remedy: { en: 'Use one of those that the message lists.', zh: '请使用消息中列出的目标之一。' },
  },
});
