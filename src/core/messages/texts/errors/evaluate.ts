import { errorTexts } from '../../error-texts.ts';

export const evaluateErrorTexts = errorTexts({
  TOW_EVALUATE_SUITE_UNREADABLE: {
    meaning: {
      en: 'A file named under `evaluate.suites` is missing or cannot be read.',
      zh: '`evaluate.suites` 中列出的文件不存在或无法读取。',
    },
    remedy: {
      en: 'Correct the path (it is relative to `towpath.yaml`) or the file’s permissions.',
      zh: '请修正路径（相对于 `towpath.yaml` 所在目录）或文件权限。',
    },
  },
  TOW_EVALUATE_SUITE_INVALID: {
    meaning: {
      en: 'Lines of an evaluation suite break its format; each is listed with its file and line.',
      zh: '评测集中有不符合格式的行；错误信息会逐一列出文件名和行号。',
    },
    remedy: {
      en: 'Correct the listed lines. A line is `{"id","language","question","answers":[…],"passage":{"source","text"}}`; a question to be declined has `"answers": []` and no passage.',
      zh: '请修正列出的行。每行的格式为 `{"id","language","question","answers":[…],"passage":{"source","text"}}`；应当拒答的问题写 `"answers": []` 且不含 passage。',
    },
  },
  TOW_EVALUATE_SUITE_CHANGED: {
    meaning: {
      en: 'A suite file was edited after the run was planned, so its questions are not those that were answered.',
      zh: '运行计划确定之后评测集文件又被修改，其问题与已作答的问题不一致。',
    },
    remedy: { en: 'Run again: `towpath run`.', zh: '请重新运行：`towpath run`。' },
  },
  TOW_EVALUATE_PASSAGE_UNKNOWN: {
    meaning: {
      en: 'A suite names a passage that is not in the documents, usually because they were edited or a file was renamed.',
      zh: '评测集引用的段落不在文档中，通常是因为文档被修改或文件被重命名。',
    },
    remedy: {
      en: 'Update `passage.source` and `passage.text` of the listed questions to what the documents say now.',
      zh: '请将列出的问题的 `passage.source` 和 `passage.text` 更新为文档当前的内容。',
    },
  },
  TOW_EVALUATE_ANSWERS_INVALID: {
    meaning: {
      en: 'An artifact of answers cannot be read, or does not hold one answer for each question of the suites.',
      zh: '回答产物无法读取，或没有为评测集的每个问题提供恰好一个回答。',
    },
    remedy: {
      en: 'Make it again with `towpath run --from-scratch`; if that does not help, report it with the run’s log.',
      zh: '请用 `towpath run --from-scratch` 重新生成；若仍无效，请附运行日志反馈。',
    },
  },
  TOW_EVALUATE_REPORT_INVALID: {
    meaning: { en: 'An evaluation report cannot be read back.', zh: '评测报告无法读取。' },
    remedy: {
      en: 'Make it again with `towpath run --from-scratch`; if that does not help, report it with the run’s log.',
      zh: '请用 `towpath run --from-scratch` 重新生成；若仍无效，请附运行日志反馈。',
    },
  },
  TOW_EVALUATE_CHOICE_UNMEASURED: {
    meaning: {
      en: 'A trained model cannot be compared with the untrained one: no question measures `train.release.metric` for both.',
      zh: '无法将训练后的模型与未训练的模型比较：没有题目能为两者都测得 `train.release.metric`。',
    },
    remedy: {
      en: 'Name a metric that the suites measure, or set `train.release.when: always`.',
      zh: '改用评测集能够测得的指标，或设置 `train.release.when: always`。',
    },
  },
  TOW_EVALUATE_GATE_FAILED: {
    meaning: {
      en: 'The candidate did not meet one or more of `evaluate.gates`, so no release was made and the live one stays.',
      zh: '候选版本未通过 `evaluate.gates` 中的一项或多项门槛，因此没有生成发布，线上版本保持不变。',
    },
    remedy: {
      en: 'Look at the worst questions in the report, which `towpath report` shows: correct the documents, the settings under `qa`, or the suite; lower a gate only if its bound was wrong.',
      zh: '请用 `towpath report` 打开报告，查看得分最差的问题：修正文档、`qa` 设置或评测集；只有门槛本身定得不合理时才降低它。',
    },
  },
});
