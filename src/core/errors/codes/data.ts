import { errorCodes } from '../code.ts';

export const dataCodes = errorCodes({
  TOW_DATA_DATASET_UNREADABLE: {
    kind: 'fault',
    meaning: {
      en: 'A dataset artifact holds no readable documents.parquet.',
      zh: '数据集制品中没有可读取的 documents.parquet。',
    },
    remedy: {
      en: 'Run with `--from-scratch` so that the dataset is made again.',
      zh: '用 `--from-scratch` 重新运行，以重新生成数据集。',
    },
  },
});
