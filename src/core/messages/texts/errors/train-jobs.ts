import { errorTexts } from '../../error-texts.ts';

export const trainJobErrorTexts = errorTexts({
  TOW_TRAIN_FAILED: {
    meaning: { en: 'A Python program of the trainer broke.', zh: '训练器的一个 Python 程序出错退出。' },
    remedy: {
      en: 'Read the last lines of the step’s log (`towpath logs`) and report them; running again resumes from the last checkpoint.',
      zh: '查看步骤日志的最后几行（`towpath logs`）并上报；重新运行会从最近的检查点继续。',
    },
  },
  TOW_TRAIN_NO_TORCH: {
    meaning: {
      en: 'The Python environment of the trainer lacks PyTorch.',
      zh: '训练器的 Python 环境中没有 PyTorch。',
    },
    remedy: {
      en: 'Delete the folder that `towpath doctor` shows under python packages, and run again: the environment is made anew.',
      zh: '删除 `towpath doctor` 在 python packages 一行显示的目录后重新运行：环境会重新创建。',
    },
  },
  TOW_TRAIN_JOB_UNREADABLE: {
    meaning: {
      en: 'The description of a training job does not fit the trainer: Towpath and its trainer are of different versions.',
      zh: '训练作业的描述与训练器不符：Towpath 与其训练器版本不一致。',
    },
    remedy: {
      en: 'Install Towpath again (`npm ci`); if it stays, report it with the message.',
      zh: '重新安装 Towpath（`npm ci`）；若问题仍在，请附上消息上报。',
    },
  },
  TOW_TRAIN_JOB_UNFIT: {
    meaning: {
      en: 'A setting of a training job does not fit the model or the data: a longer context than the model allows, LoRA targets it does not have.',
      zh: '训练作业的某项设置与模型或数据不符：上下文超过模型上限，或 LoRA 目标层不存在。',
    },
    remedy: {
      en: 'Change the setting that the message names under `train.jobs`.',
      zh: '修改消息中指出的 `train.jobs` 设置。',
    },
  },
  TOW_TRAIN_NO_DATA: {
    meaning: {
      en: 'Nothing is left to train on: the training split holds no row that fits.',
      zh: '没有可供训练的数据：训练划分中没有符合条件的行。',
    },
    remedy: {
      en: 'Add documents or examples, or a longer `context`; the step’s log counts the rows and why they were left out.',
      zh: '增加文档或样例，或加大 `context`；步骤日志列出了各行被排除的数量与原因。',
    },
  },
  TOW_TRAIN_EXAMPLES_BROKEN: {
    meaning: {
      en: 'Lines of an examples file cannot be used; each is listed with file and line.',
      zh: '样例文件中有无法使用的行；均已列出文件与行号。',
    },
    remedy: {
      en: 'Mend the lines: a row holds `messages`, `prompt` and `answer`, `question` with `passage` and `answer`, or `text`.',
      zh: '修正这些行：每行应包含 `messages`，或 `prompt` 与 `answer`，或 `question`、`passage` 与 `answer`，或 `text`。',
    },
  },
  TOW_TRAIN_LEAK: {
    meaning: {
      en: 'Training examples ask what the evaluation suite asks: the figures would no longer measure anything.',
      zh: '训练样例与评测集的问题相同或几乎相同：评测结果将失去意义。',
    },
    remedy: {
      en: 'Remove or change the examples that the message lists beside the questions they resemble.',
      zh: '删除或修改消息中列出的样例（旁边注明了与之相似的评测问题）。',
    },
  },
  TOW_TRAIN_VOCABULARY: {
    meaning: {
      en: 'The tokens were made with another vocabulary than the model has.',
      zh: '词元所用的词表与模型的词表不一致。',
    },
    remedy: {
      en: 'Take the tokenizer that belongs to the model; in a flow this happens by itself.',
      zh: '使用该模型自带的分词器；在流程中会自动如此。',
    },
  },
  TOW_TRAIN_SHARD_CORRUPT: {
    meaning: {
      en: 'A file of prepared tokens was changed or cut after it was written.',
      zh: '已准备好的词元文件在写入后被修改或截断。',
    },
    remedy: {
      en: 'Check the disk, then run with `--from-scratch`: the tokens are made again.',
      zh: '检查磁盘，然后用 `--from-scratch` 运行：词元会重新生成。',
    },
  },
  TOW_TRAIN_CHECKPOINT_FOREIGN: {
    meaning: {
      en: 'The checkpoint belongs to another job, or to other data: it cannot be continued.',
      zh: '检查点属于另一个作业或另一份数据：无法继续。',
    },
    remedy: {
      en: 'Point `--work` at an empty folder, or go back to the settings that made it.',
      zh: '将 `--work` 指向空目录，或恢复生成该检查点时的设置。',
    },
  },
  TOW_TRAIN_DISK_FULL: {
    meaning: {
      en: 'The disk filled up while a checkpoint or result was written; the one before it is whole.',
      zh: '写入检查点或结果时磁盘已满；上一个检查点完好。',
    },
    remedy: {
      en: 'Free some space (`towpath doctor` tells how much is left) and run again: it resumes.',
      zh: '释放空间（`towpath doctor` 会显示剩余空间）后重新运行：会从断点继续。',
    },
  },
  TOW_TRAIN_DIVERGED: {
    meaning: {
      en: 'The loss jumped or became no number; the message names the step, the batch and its documents.',
      zh: '损失突增或变为非数值；消息中给出了步数、批次及其文档。',
    },
    remedy: {
      en: 'Lower `optimiser.learning_rate` or lengthen `schedule.warmup`; for one bad batch, `spikes.action: skip` rolls back and leaves it out.',
      zh: '降低 `optimiser.learning_rate` 或延长 `schedule.warmup`；若只是个别坏批次，`spikes.action: skip` 会回滚并跳过它。',
    },
  },
  TOW_TRAIN_OUT_OF_MEMORY: {
    meaning: {
      en: 'The job does not fit the memory, even one sequence at a time.',
      zh: '即使每次只处理一条序列，作业仍超出内存。',
    },
    remedy: {
      en: 'Shorten `context`, take a smaller model or LoRA in place of full fine-tuning, or a machine with more memory.',
      zh: '缩短 `context`、换用更小的模型、以 LoRA 代替全量微调，或使用内存更大的机器。',
    },
  },
  TOW_TRAIN_NO_CUDA: {
    meaning: {
      en: 'The job asks for CUDA, and PyTorch finds no such device here.',
      zh: '作业要求 CUDA，但 PyTorch 在本机未找到该设备。',
    },
    remedy: {
      en: 'Set `device: auto` or `cpu`, or install the driver; the message tells what PyTorch sees.',
      zh: '设置 `device: auto` 或 `cpu`，或安装驱动；消息中说明了 PyTorch 能看到的设备。',
    },
  },
  TOW_TRAIN_WORKER_LOST: {
    meaning: {
      en: 'A process of the job was killed from outside, most often by the system when memory ran out. The whole job was stopped.',
      zh: '作业的一个进程被外部终止，多为系统内存不足所致。整个作业已停止。',
    },
    remedy: {
      en: 'Look at the system log for the reason; running again resumes from the last checkpoint.',
      zh: '在系统日志中查看原因；重新运行会从最近的检查点继续。',
    },
  },
  TOW_TRAIN_EXPORT_UNFIT: {
    meaning: {
      en: 'The trained model has no form that llama.cpp loads: recurrent models and scoring heads stay in Hugging Face format.',
      zh: '训练出的模型没有 llama.cpp 可加载的形式：循环模型与打分头仅保留 Hugging Face 格式。',
    },
    remedy: {
      en: 'Remove `export` from the job, or train a Transformer.',
      zh: '从该作业中移除 `export`，或训练 Transformer。',
    },
  },
  TOW_TRAIN_EXPORT_DISAGREES: {
    meaning: {
      en: 'The exported model does not say what the trained one says: tokens or perplexity differ by more than the quantisation explains.',
      zh: '导出的模型与训练所得模型不一致：词元或困惑度的差异超出量化可解释的范围。',
    },
    remedy: {
      en: 'Export at `f16`; if it disagrees too, report it with the step’s agreement figures.',
      zh: '改用 `f16` 导出；若仍不一致，请附上该步骤的一致性数据上报。',
    },
  },
  TOW_TRAIN_SEARCH_EMPTY: {
    meaning: {
      en: 'Every trial of a search failed; each is listed with its reason.',
      zh: '搜索中的所有试验都失败了；均已列出原因。',
    },
    remedy: {
      en: 'Narrow the ranges under `train.search` to values that the job can train with.',
      zh: '将 `train.search` 的范围收窄到作业可以训练的取值。',
    },
  },
  TOW_TRAIN_WORK_BUSY: {
    meaning: { en: 'Another run trains in the same work folder.', zh: '另一个运行正在同一工作目录中训练。' },
    remedy: {
      en: 'Wait for it to end, or stop it (`towpath cancel`).',
      zh: '等待其结束，或将其停止（`towpath cancel`）。',
    },
  },
});
