import { errorTexts } from '../../error-texts.ts';

export const contractErrorTexts = errorTexts({
  TOW_CONTRACT_UNREADABLE: {
    meaning: {
      en: 'A file of an artifact is missing, damaged, of a newer Towpath, or not what its format says.',
      zh: '产物中的某个文件缺失、已损坏、由更新版本的 Towpath 写入，或不符合其格式。',
    },
    remedy: {
      en: 'check the artifacts with `towpath verify`; if they are whole, install the Towpath version that last ran this project, or make the step’s results again with `towpath run --from-scratch`',
      zh: '用 `towpath verify` 检查产物；如果产物完好，请安装上次运行该项目的 Towpath 版本，或执行 `towpath run --from-scratch` 重新生成该步骤的结果',
    },
  },
});
