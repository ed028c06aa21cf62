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
  TOW_DATA_INDEX_EMPTY: {
    kind: 'user',
    meaning: {
      en: 'The documents hold no text that a passage could be cut from.',
      zh: '文档中没有可以切成段落的文本。',
    },
    remedy: {
      en: 'See the reasons in the dataset’s rejects.jsonl and widen `sources` or `data.languages`.',
      zh: '查看数据集 rejects.jsonl 中的原因，并放宽 `sources` 或 `data.languages`。',
    },
  },
  TOW_DATA_INDEX_UNREADABLE: {
    kind: 'fault',
    http: 503,
    meaning: {
      en: 'An index artifact is damaged or was made by another version of Towpath.',
      zh: '索引制品已损坏，或由另一版本的 Towpath 生成。',
    },
    remedy: {
      en: 'Run `towpath run`, which makes the index again.',
      zh: '运行 `towpath run`，重新生成索引。',
    },
  },
});
