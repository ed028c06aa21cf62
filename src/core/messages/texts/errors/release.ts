import { errorTexts } from '../../error-texts.ts';

export const releaseErrorTexts = errorTexts({
  TOW_RELEASE_MANIFEST_INVALID: {
    meaning: {
      en: 'A release’s manifest cannot be read back: it is damaged, or was written by a newer Towpath.',
      zh: '发布清单无法读取：文件已损坏，或由更新版本的 Towpath 写入。',
    },
    remedy: {
      en: 'Roll back to another release with `towpath rollback`, or update Towpath if the release is newer than it.',
      zh: '请用 `towpath rollback` 回退到其他发布；若该发布由更新版本生成，请升级 Towpath。',
    },
  },
  TOW_RELEASE_NOT_WHOLE: {
    meaning: {
      en: 'A release lacks artifacts: it cannot be served, compared with or explained.',
      zh: '发布缺少产物：无法提供服务、用于比较或说明。',
    },
    remedy: {
      en: 'Run `towpath repair`, which puts a manifest back, and `towpath run`, which makes again what the present files give; or restore the artifacts from a backup; or roll back to a release that is whole.',
      zh: '请执行 `towpath repair` 放回清单，再执行 `towpath run` 用现有文件重新生成；或从备份恢复产物；或回滚到完整的发布。',
    },
  },
  TOW_RELEASE_NOT_GIVEN_UP: {
    meaning: {
      en: 'A release cannot be given up while it is live, nor when nothing of it is damaged or missing.',
      zh: '发布在线上时不能放弃；没有任何损坏或缺失时也不能放弃。',
    },
    remedy: {
      en: 'make another release live first: `towpath rollback`, or a run that passes its gates; one that is whole needs nothing',
      zh: '请先让其他发布上线：`towpath rollback`，或一次通过门禁的运行；完好的发布无需处理',
    },
  },
  TOW_RELEASE_INCOHERENT: {
    meaning: {
      en: 'The parts of a release do not belong together: the answers were given by another index than the one bundled.',
      zh: '发布的各个部分互不匹配：回答所依据的索引并不是将要打包的索引。',
    },
    remedy: {
      en: 'Make it again with `towpath run --from-scratch`; if that does not help, report it with the run’s log.',
      zh: '请用 `towpath run --from-scratch` 重新生成；若仍无效，请附运行日志反馈。',
    },
  },
  TOW_RELEASE_GATES_NOT_PASSED: {
    meaning: {
      en: 'A release was to be made of a candidate whose evaluation report says that a gate failed.',
      zh: '评测报告显示有门槛未通过，不能由该候选版本生成发布。',
    },
    remedy: {
      en: 'Read the report’s failed gates and run again once they are met.',
      zh: '请查看报告中未通过的门槛，满足后重新运行。',
    },
  },
});
