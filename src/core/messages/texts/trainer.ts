import { messages } from '../entry.ts';

/** What the trainer says of jobs and their data; its programs name these texts, and a test compares the English. */
export const trainerMessages = messages({
  'trainer.said': { en: '{subject}: {words}', zh: '{subject}：{words}' },

  'trainer.no-tokens': {
    en: '{file} does not describe tokenised data: {why}',
    zh: '{file} 描述的不是切分好的数据：{why}',
  },
  'trainer.changed': { en: 'its content is not what was written', zh: '其内容不是当初写入的内容' },
  'trainer.bytes': {
    en: 'it has {found} bytes instead of {expected}',
    zh: '它有 {found} 字节，而应当是 {expected} 字节',
  },
  'trainer.check-disk': {
    en: 'Check the disk, then run with --from-scratch: the tokens are made again.',
    zh: '请检查磁盘，然后加上 --from-scratch 运行：词元会重新生成。',
  },
  'trainer.no-number': { en: 'its validation loss is no number', zh: '它的验证损失不是数' },
  'trainer.coded': { en: '{code}: {why}', zh: '{code}：{why}' },
  'trainer.stopped': { en: 'it was stopped from outside', zh: '它被外部停止' },
  'trainer.killed': {
    en: 'TOW_TRAIN_WORKER_LOST: killed by signal {signal}, most often because memory ran out',
    zh: 'TOW_TRAIN_WORKER_LOST：被信号 {signal} 终止，多半是因为内存耗尽',
  },
  'trainer.silent': { en: 'nothing was said', zh: '没有任何输出' },
  'trainer.ended': { en: 'it ended with status {status}: {said}', zh: '它结束时的状态码为 {status}：{said}' },
  'trainer.trials-ended': { en: '{ended} of {trials} trials', zh: '{trials} 次试验已结束 {ended} 次' },
  'trainer.best': { en: 'best {loss} (trial {number})', zh: '最好 {loss}（试验 {number}）' },
  'trainer.other-search': {
    en: '{path} is of another search: {differences}',
    zh: '{path} 属于另一个搜索：{differences}',
  },
  'trainer.no-search': { en: '{path} is no search of this job: {why}', zh: '{path} 不是该作业的搜索：{why}' },
  'trainer.running': { en: 'running', zh: '运行中' },
  'trainer.complete': { en: 'complete', zh: '完成' },
  'trainer.pruned': { en: 'pruned', zh: '提前结束' },
  'trainer.failed': { en: 'failed', zh: '失败' },
  'trainer.the-job': { en: 'the job', zh: '作业' },
  'trainer.not-object': { en: '{what} is not an object', zh: '{what} 不是对象' },
  'trainer.no-setting-of-job': { en: '{name} is not a setting of a job', zh: '{name} 不是作业的设置' },
  'trainer.does-not-fit': { en: '{name}: {value} does not fit', zh: '{name}：{value} 不合适' },
  'trainer.foreign': {
    en: '{folder} belongs to another job or other data',
    zh: '{folder} 属于另一个作业或另一份数据',
  },
  'trainer.empty-folder': { en: 'Point --work at an empty folder.', zh: '请将 --work 指向一个空文件夹。' },
  'trainer.cpu-only': { en: 'the CPU only', zh: '仅 CPU' },
  'trainer.no-cuda': {
    en: 'device is cuda, and PyTorch {version} (built for {built}) finds no CUDA device',
    zh: 'device 为 cuda，而 PyTorch {version}（为 {built} 构建）没有找到 CUDA 设备',
  },
  'trainer.install-cuda': {
    en: 'Set device: auto or cpu, or install the driver and a PyTorch that is built for CUDA.',
    zh: '请设置 device: auto 或 cpu，或安装驱动以及为 CUDA 构建的 PyTorch。',
  },
  'trainer.few-gpus': {
    en: '{processes} processes need as many CUDA devices, and there are {devices}',
    zh: '{processes} 个进程需要同样多的 CUDA 设备，而现有 {devices} 个',
  },
  'trainer.lower-processes': {
    en: 'Lower processes to the number of GPUs.',
    zh: '请将 processes 降到 GPU 的数量。',
  },
  'trainer.loss-is': { en: 'the loss is {loss}', zh: '损失为 {loss}' },
  'trainer.norm-is': {
    en: "the gradient's norm is {norm} (loss {loss})",
    zh: '梯度的范数为 {norm}（损失 {loss}）',
  },
  'trainer.loss-jumps': {
    en: 'the loss is {loss}, {times} times the median of the {steps} steps before it',
    zh: '损失为 {loss}，是之前 {steps} 步中位数的 {times} 倍',
  },
  'trainer.left-out': { en: '{most} batches were left out already', zh: '已经跳过了 {most} 个批次' },
  'trainer.also': { en: '{why} ({also})', zh: '{why}（{also}）' },
  'trainer.diverged': {
    en: 'step {step}, batch {batch}: {why}; documents of the batch: {documents}',
    zh: '第 {step} 步，批次 {batch}：{why}；该批次的文档：{documents}',
  },
  'trainer.calm': {
    en: 'Lower optimiser.learning_rate, lengthen schedule.warmup or set clip; for a single bad batch, spikes.action: skip leaves it out.',
    zh: '请调低 optimiser.learning_rate、延长 schedule.warmup 或设置 clip；只是个别坏批次时，spikes.action: skip 会跳过它。',
  },
  'trainer.unknown': { en: 'unknown', zh: '未知' },
  'trainer.and-more': { en: '{named} and {more} more', zh: '{named} 以及另外 {more} 个' },
  'trainer.other-job': {
    en: '{work} holds the work of another job: {differences}',
    zh: '{work} 中是另一个作业的工作：{differences}',
  },
  'trainer.difference': {
    en: '{setting} is {there} there and {here} here',
    zh: '{setting} 在那里是 {there}，在这里是 {here}',
  },
  'trainer.process-killed-by': {
    en: 'one of the {processes} processes was killed by {signal}; the others were stopped',
    zh: '{processes} 个进程中有一个被 {signal} 终止；其余进程已停止',
  },
  'trainer.process-killed': {
    en: 'one of the {processes} processes was killed; the others were stopped',
    zh: '{processes} 个进程中有一个被终止；其余进程已停止',
  },
  'trainer.memory-short': {
    en: 'Often the system ends a process because memory is short; run again to go on from the last checkpoint.',
    zh: '系统终止进程往往是因为内存不足；重新运行会从上一个检查点继续。',
  },
  'trainer.work-busy': { en: 'another run trains in {work}', zh: '另一个运行正在 {work} 中训练' },
  'trainer.wait': { en: 'Wait for it to end, or stop it.', zh: '请等它结束，或停止它。' },
  'trainer.pace': {
    en: 'loss {loss}, rate {rate}, norm {norm}, {speed} tokens/s, {memory} GB',
    zh: '损失 {loss}，学习率 {rate}，范数 {norm}，{speed} 词元/秒，{memory} GB',
  },
  'trainer.pace-mfu': {
    en: 'loss {loss}, rate {rate}, norm {norm}, {speed} tokens/s, MFU {mfu}, {memory} GB',
    zh: '损失 {loss}，学习率 {rate}，范数 {norm}，{speed} 词元/秒，MFU {mfu}，{memory} GB',
  },
  'trainer.less-memory': {
    en: 'Shorten context, take a smaller model, or method: lora in place of full; precision: bfloat16 halves what the layers in between take.',
    zh: '请缩短 context、换用更小的模型，或以 method: lora 代替 full；precision: bfloat16 可使中间各层占用减半。',
  },
  'trainer.less-memory-each': {
    en: 'Shorten context, take a smaller model, or method: lora in place of full, or sharding: fsdp; precision: bfloat16 halves what the layers in between take.',
    zh: '请缩短 context、换用更小的模型、以 method: lora 代替 full，或使用 sharding: fsdp；precision: bfloat16 可使中间各层占用减半。',
  },
  'trainer.out-of-memory': { en: 'memory ran out: {what}', zh: '内存耗尽：{what}' },
  'trainer.single-sequence': {
    en: '{what} does not fit with a single sequence',
    zh: '{what}中单个序列也放不下',
  },
  'trainer.optimiser-memory': {
    en: 'the optimiser does not fit beside the weights',
    zh: '除权重外放不下优化器',
  },
  'trainer.a-step': { en: 'a training step', zh: '训练步' },
  'trainer.no-sequence': { en: 'the training split holds no sequence', zh: '训练划分中没有序列' },
  'trainer.uneven': {
    en: 'batch.sequences {sequences} cannot be shared evenly by {processes} processes',
    zh: 'batch.sequences 为 {sequences}，无法平均分给 {processes} 个进程',
  },
  'trainer.multiple': {
    en: 'Set batch.sequences to a multiple of {processes}.',
    zh: '请将 batch.sequences 设为 {processes} 的倍数。',
  },
  'trainer.validating': { en: 'validating, {done} of {all}', zh: '验证中，{done}/{all}' },
  'trainer.validation': { en: 'validation', zh: '验证' },
  'trainer.and': { en: '{first}; {rest}', zh: '{first}；{rest}' },
  'trainer.two': { en: '{one} and {other}', zh: '{one} 和 {other}' },
  'trainer.of-file': { en: '{path}: {why}', zh: '{path}：{why}' },
  'trainer.line': { en: '{file}:{line}: {why}', zh: '{file}:{line}：{why}' },
  'trainer.free-space': {
    en: 'Free some space and run again: it goes on from there.',
    zh: '请腾出一些空间后重新运行：它会从中断处继续。',
  },
  'trainer.go-back': {
    en: 'Point --work at an empty folder, or go back to the settings that made it.',
    zh: '请将 --work 指向一个空文件夹，或恢复当初的设置。',
  },
  'trainer.of-trial': { en: 'trial {number}: {said}', zh: '试验 {number}：{said}' },
  'trainer.none-held-back': {
    en: 'a search compares validation losses, and nothing is held back',
    zh: '搜索要比较验证损失，而没有留出任何验证数据',
  },
  'trainer.give-more': {
    en: 'Give it more documents or examples, so that some are held back for validation.',
    zh: '请给它更多文档或样例，以便留出一部分用于验证。',
  },
  'trainer.no-trial': {
    en: 'none of {trials} trials came to its end: {reasons}',
    zh: '{trials} 次试验都没有完成：{reasons}',
  },
  'trainer.narrow': {
    en: 'Narrow the ranges to values that the job can train with.',
    zh: '请把取值范围缩小到作业能够训练的值。',
  },
  'trainer.search-disk': {
    en: 'the disk took no more while the search wrote into {work}; what it had written is whole',
    zh: '搜索写入 {work} 时磁盘已满；此前写入的内容完好',
  },
  'trainer.tokenising': { en: 'tokenising', zh: '切分词元' },
  'trainer.no-sequences': {
    en: 'no sequence to train on in {rows} rows; {refused} did not fit',
    zh: '{rows} 行中没有可供训练的序列；{refused} 行放不下',
  },
  'trainer.row-messages': {
    en: 'row {row} holds messages, and plain text is asked for',
    zh: '第 {row} 行含有 messages，而要求的是纯文本',
  },
  'trainer.no-score': { en: 'row {row} has no score', zh: '第 {row} 行没有分数' },
  'trainer.rows': { en: 'rows {first} to {last}: {why}', zh: '第 {first} 至 {last} 行：{why}' },
  'trainer.counting': { en: 'counting words', zh: '统计词语' },
  'trainer.no-text': {
    en: 'the training split holds no text to make a tokenizer from',
    zh: '训练划分中没有可用来生成分词器的文本',
  },
  'trainer.model-memory': { en: 'the model and its optimiser do not fit', zh: '模型及其优化器放不下' },
  'trainer.disk': {
    en: 'the disk took no more while {path} was written ({why}); the checkpoint before is whole',
    zh: '写入 {path} 时磁盘已满（{why}）；之前的检查点完好',
  },
});
