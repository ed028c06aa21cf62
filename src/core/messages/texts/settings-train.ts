import { messages } from '../entry.ts';

/** What the settings of training are: as their schema describes them. */
export const settingsTrainMessages = messages({
  'setting.train': { en: 'Models that are trained, and from what', zh: '训练哪些模型，以及用什么训练' },
  'setting.train.jobs': { en: 'Training jobs', zh: '训练作业' },
  'setting.train.name': { en: 'Name of the job, and of its steps', zh: '作业及其步骤的名称' },
  'setting.train.source': {
    en: 'What training starts from: models.generator, or nothing',
    zh: '训练从什么开始：models.generator，或从零开始',
  },
  'setting.train.method': {
    en: 'Adapters beside frozen weights, or every weight. From scratch it is always every weight',
    zh: '冻结权重旁的适配器，或全部权重。从零训练时总是全部权重',
  },
  'setting.train.model': { en: 'Shape of a model from scratch', zh: '从零训练的模型的形状' },
  'setting.train.model.architecture': { en: 'Kind of language model', zh: '语言模型的种类' },
  'setting.train.model.layers': { en: 'Blocks, or recurrent layers', zh: '块数，或循环层数' },
  'setting.train.model.width': { en: 'Size of a hidden state', zh: '隐藏状态的大小' },
  'setting.train.model.heads': {
    en: 'Attention heads; width is a multiple of it. Transformer only',
    zh: '注意力头数；宽度是它的倍数。只用于 Transformer',
  },
  'setting.train.model.kv_heads': {
    en: 'Heads of keys and values, shared by groups of heads. Transformer only',
    zh: '各组头共用的键值头数。只用于 Transformer',
  },
  'setting.train.model.inner': {
    en: 'Width inside the feed-forward part. Transformer only',
    zh: '前馈部分内部的宽度。只用于 Transformer',
  },
  'setting.train.model.dropout': {
    en: 'Share of activations left out while training',
    zh: '训练时丢弃的激活值比例',
  },
  'setting.train.model.vocabulary': {
    en: 'Tokens of the tokenizer made from the data',
    zh: '由数据生成的分词器的词元数',
  },
  'setting.train.model.head': {
    en: 'What it says: the next token, or one number for a text',
    zh: '它的输出：下一个词元，或一段文字的一个分数',
  },
  'setting.train.lora': { en: 'Low-rank adapters', zh: '低秩适配器' },
  'setting.train.lora.rank': { en: 'Rank of the adapter’s matrices', zh: '适配器矩阵的秩' },
  'setting.train.lora.alpha': {
    en: 'Weight of the adapter: alpha / rank times its product',
    zh: '适配器的权重：乘积乘以 alpha / rank',
  },
  'setting.train.lora.dropout': { en: 'Dropout in front of the adapter', zh: '适配器之前的 dropout' },
  'setting.train.lora.targets': {
    en: 'Layers that get one, by the names of the model',
    zh: '要加适配器的层，用模型中的名称',
  },
  'setting.train.data': { en: 'What is learnt from: documents or examples', zh: '从什么学习：文档或样例' },
  'setting.train.data.documents': {
    en: 'Learn the text of the prepared documents',
    zh: '学习已准备好的文档的文本',
  },
  'setting.train.data.examples': {
    en: 'Files of examples: chats, questions with passages and answers, texts, scored texts',
    zh: '样例文件：对话、带段落和回答的问题、文本、带分数的文本',
  },
  'setting.train.data.example': { en: 'A JSONL file of examples', zh: '一个 JSONL 样例文件' },
  'setting.train.data.loss_on': {
    en: 'Tokens that count: the answers of examples, or everything',
    zh: '计入损失的词元：样例的回答，或全部',
  },
  'setting.train.data.pack': {
    en: 'Several short examples share one sequence',
    zh: '几个短样例共用一条序列',
  },
  'setting.train.data.isolate': {
    en: 'Examples that share a sequence do not see each other',
    zh: '共用一条序列的样例互不可见',
  },
  'setting.train.context': { en: 'Tokens of one sequence', zh: '一条序列的词元数' },
  'setting.train.loss': { en: 'What is minimised', zh: '要最小化的目标' },
  'setting.train.loss.name': {
    en: 'mean_squared_error goes with a score head',
    zh: 'mean_squared_error 用于打分头',
  },
  'setting.train.loss.label_smoothing': {
    en: 'Share of the target spread over all tokens',
    zh: '分摊到全部词元上的目标比例',
  },
  'setting.train.loss.z_loss': {
    en: 'Weight of log²Z, which keeps logits from drifting',
    zh: 'log²Z 的权重，防止 logits 漂移',
  },
  'setting.train.penalty': { en: 'Penalties on the weights', zh: '对权重的惩罚' },
  'setting.train.penalty.l1': {
    en: 'Adds l1 · Σ|w| to the loss; with l2, the elastic net',
    zh: '在损失上加 l1 · Σ|w|；与 l2 一起即为弹性网',
  },
  'setting.train.penalty.l2': { en: 'Adds l2 · Σw² to the loss', zh: '在损失上加 l2 · Σw²' },
  'setting.train.optimiser': { en: 'The optimiser', zh: '优化器' },
  'setting.train.optimiser.name': { en: 'How weights follow the gradient', zh: '权重如何随梯度更新' },
  'setting.train.optimiser.learning_rate': {
    en: 'Largest learning rate of the schedule',
    zh: '学习率曲线的峰值',
  },
  'setting.train.optimiser.momentum': { en: 'Momentum of sgd', zh: 'sgd 的动量' },
  'setting.train.optimiser.beta1': {
    en: 'Decay of the mean gradient: adam and adamw',
    zh: '梯度均值的衰减率：用于 adam 和 adamw',
  },
  'setting.train.optimiser.beta2': {
    en: 'Decay of the mean squared gradient: adam and adamw',
    zh: '梯度平方均值的衰减率：用于 adam 和 adamw',
  },
  'setting.train.optimiser.epsilon': {
    en: 'Keeps the division of adam and adamw finite',
    zh: '防止 adam 和 adamw 的除法溢出',
  },
  'setting.train.optimiser.weight_decay': {
    en: 'Decoupled weight decay, on matrices only',
    zh: '解耦的权重衰减，只作用于矩阵',
  },
  'setting.train.schedule': { en: 'The learning rate over time', zh: '学习率随时间的变化' },
  'setting.train.schedule.name': {
    en: 'Curve of the learning rate after warm-up',
    zh: '预热之后的学习率曲线',
  },
  'setting.train.schedule.warmup': {
    en: 'Steps in which the learning rate rises to its peak',
    zh: '学习率升到峰值所用的步数',
  },
  'setting.train.schedule.floor': {
    en: 'What is left of the learning rate at the end',
    zh: '训练结束时剩下的学习率比例',
  },
  'setting.train.batch': { en: 'Sequences at a time', zh: '一次处理的序列' },
  'setting.train.batch.sequences': {
    en: 'Sequences per step, over all processes',
    zh: '所有进程合计每步的序列数',
  },
  'setting.train.batch.micro': {
    en: 'Sequences in one forward pass; halved by itself when memory runs out, with the same result',
    zh: '一次前向计算的序列数；内存不足时自动减半，结果不变',
  },
  'setting.train.steps': {
    en: 'Steps of the optimiser; 0 takes epochs',
    zh: '优化器的步数；0 则由 epochs 决定',
  },
  'setting.train.epochs': {
    en: 'Passes over the data, where steps is 0',
    zh: '遍历数据的遍数，在 steps 为 0 时使用',
  },
  'setting.train.clip': {
    en: 'Largest norm of the gradient; 0 does not clip',
    zh: '梯度范数的上限；0 则不裁剪',
  },
  'setting.train.validate': {
    en: 'The validation loss; the best checkpoint is the result',
    zh: '验证损失；最好的检查点就是结果',
  },
  'setting.train.validate.every': { en: 'Steps between validations', zh: '两次验证之间的步数' },
  'setting.train.validate.patience': {
    en: 'Validations without a better loss after which training stops; 0 never stops early',
    zh: '连续多少次验证没有更好的损失就停止训练；0 从不提前停止',
  },
  'setting.train.checkpoint': { en: 'What a job resumes from', zh: '作业据以继续的检查点' },
  'setting.train.checkpoint.every': { en: 'Steps between checkpoints', zh: '两个检查点之间的步数' },
  'setting.train.checkpoint.keep': {
    en: 'Checkpoints kept beside the best one',
    zh: '除最佳检查点外保留的检查点数',
  },
  'setting.train.spikes': { en: 'What happens when the loss jumps', zh: '损失突增时怎么办' },
  'setting.train.spikes.action': {
    en: 'On a loss that jumps or is no number: stop, or roll back and leave its batch out',
    zh: '损失突增或不是数值时：停止，或回退并跳过该批次',
  },
  'setting.train.spikes.threshold': {
    en: 'Times the median loss of the window that is a jump',
    zh: '超过窗口内损失中位数多少倍即为突增',
  },
  'setting.train.spikes.window': { en: 'Steps that the median is taken over', zh: '计算中位数的步数' },
  'setting.train.seed': {
    en: 'Decides weights, dropout and the order of the data',
    zh: '决定权重、dropout 和数据的次序',
  },
  'setting.train.device': {
    en: 'Where it runs: auto takes CUDA where it is',
    zh: '在哪里运行：auto 有 CUDA 就用 CUDA',
  },
  'setting.train.precision': {
    en: 'Numbers of the matrix products: auto is bfloat16 on CUDA, float32 on the CPU',
    zh: '矩阵乘法的数值格式：auto 在 CUDA 上是 bfloat16，在处理器上是 float32',
  },
  'setting.train.compile': {
    en: 'Compile the model first (torch.compile): worth it on a GPU',
    zh: '先编译模型（torch.compile）：在 GPU 上值得',
  },
  'setting.train.processes': {
    en: 'Processes that share the batch: one for each GPU',
    zh: '共同分担一个批次的进程数：每个 GPU 一个',
  },
  'setting.train.sharding': {
    en: 'Several processes: each holds the whole model, or each a part (FSDP2)',
    zh: '多个进程时：每个持有整个模型，或每个持有一部分（FSDP2）',
  },
  'setting.train.export': {
    en: 'GGUF files to make of the result, each checked against it. An adapter always gets one',
    zh: '要由结果生成的 GGUF 文件，每个都与结果核对。适配器总会有一个',
  },
  'setting.train.search': {
    en: 'Searches settings of one job before it counts as trained',
    zh: '在作业算作训练完成之前搜索它的设置',
  },
  'setting.train.search.job': {
    en: 'Name of the job whose settings are searched; the winner becomes its result',
    zh: '要搜索设置的作业的名称；胜出者成为它的结果',
  },
  'setting.train.search.trials': { en: 'Settings that are tried', zh: '尝试的设置组合数' },
  'setting.train.search.parallel': {
    en: 'Trials at a time; 0 takes what the machine holds',
    zh: '同时进行的试验数；0 由机器的容量决定',
  },
  'setting.train.search.reduction': {
    en: 'Of the trials at a rung, one in so many goes on (ASHA)',
    zh: '每一级的试验中，每多少个留下一个（ASHA）',
  },
  'setting.train.search.rungs': {
    en: 'How often a trial is judged before its end; 0 stops none early',
    zh: '试验结束之前评判多少次；0 不提前淘汰',
  },
  'setting.train.search.ranges': {
    en: 'Settings of the job by their dotted names: optimiser.learning_rate: {from: 1.0e-4, to: 1.0e-2, scale: log}',
    zh: '作业的设置，用点号写的名称：optimiser.learning_rate: {from: 1.0e-4, to: 1.0e-2, scale: log}',
  },
  'setting.train.search.from': { en: 'Smallest value', zh: '最小值' },
  'setting.train.search.to': { en: 'Largest value', zh: '最大值' },
  'setting.train.search.scale': {
    en: 'log for what spans powers of ten',
    zh: 'log 用于跨越数个数量级的设置',
  },
  'setting.train.search.whole': { en: 'Whole numbers only', zh: '只取整数' },
  'setting.train.release': {
    en: 'The trained model that may be released; without it none is',
    zh: '可以发布的训练所得模型；不写则都不发布',
  },
  'setting.train.release.job': {
    en: 'Name of the job whose result is released',
    zh: '发布其结果的作业的名称',
  },
  'setting.train.release.when': {
    en: 'better: only when the suite shows it against the untuned model, question by question; otherwise the untuned one is released and the report says why',
    zh: 'better：只在评测集逐个问题表明它优于未训练的模型时发布；否则发布未训练的模型，并在报告中说明原因',
  },
  'setting.train.release.metric': { en: 'Metric that decides what better is', zh: '判断优劣所用的指标' },
  'setting.train.release.quantisation': {
    en: 'Which of the exported forms is released. An adapter is released over the base model as it is',
    zh: '发布哪种导出形式。适配器总是在原样的基础模型之上发布',
  },
});
