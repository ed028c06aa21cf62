import { messages } from '../entry.ts';

/** What the trainer says of models: those that it reads, converts and exports. */
export const trainerModelMessages = messages({
  'trainer.architecture': {
    en: 'its architecture is {found}; {known} can be trained',
    zh: '它的架构是 {found}；可训练的是 {known}',
  },
  'trainer.reading-weights': { en: 'reading the weights', zh: '读取权重' },
  'trainer.converted': { en: 'converted', zh: '转换完成' },
  'trainer.reading-tokenizer': { en: 'reading the tokenizer', zh: '读取分词器' },
  'trainer.no-end-token': { en: 'its tokenizer has no end-of-text token', zh: '它的分词器没有文本结束词元' },
  'trainer.its-weights': { en: 'its weights cannot be read: {why}', zh: '无法读取它的权重：{why}' },
  'trainer.writing-weights': { en: 'writing the weights', zh: '写出权重' },
  'trainer.not-bert': {
    en: 'the model is of type {kind}; only bert is converted',
    zh: '模型的类型为 {kind}；只转换 bert',
  },
  'trainer.positions': {
    en: 'positions of type {kind} are not absolute',
    zh: '位置类型 {kind} 不是 absolute',
  },
  'trainer.not-wordpiece': {
    en: 'the tokenizer is {kind}, not WordPiece',
    zh: '分词器是 {kind}，而不是 WordPiece',
  },
  'trainer.gaps': { en: "the vocabulary's numbers have gaps", zh: '词表的编号不连续' },
  'trainer.vocabulary-lacks': { en: 'the vocabulary lacks {tokens}', zh: '词表缺少 {tokens}' },
  'trainer.no-embeddings': {
    en: '{file} holds no word embeddings of width {width}',
    zh: '{file} 中没有宽度为 {width} 的词嵌入',
  },
  'trainer.pooling': {
    en: 'vectors are pooled neither by mean nor from [CLS]',
    zh: '向量的池化方式既不是取平均，也不是取 [CLS]',
  },
  'trainer.template-fails': { en: 'the chat template fails: {why}', zh: '对话模板执行失败：{why}' },
  'trainer.template-leaves-out': {
    en: 'the chat template leaves messages out or changes their order',
    zh: '对话模板遗漏了消息或改变了它们的顺序',
  },
  'trainer.template-broken': { en: 'the chat template is broken: {why}', zh: '对话模板有错误：{why}' },
  'trainer.converting': { en: 'converting tensors', zh: '转换张量' },
  'trainer.weights-lack': { en: 'model.safetensors lacks {name}', zh: 'model.safetensors 缺少 {name}' },
  'trainer.names-no-end': {
    en: 'the tokenizer names no end-of-text token',
    zh: '分词器没有写明文本结束词元',
  },
  'trainer.no-tokenizer': { en: '{file} is no tokenizer: {why}', zh: '{file} 不是分词器：{why}' },
  'trainer.tokenizer-larger': {
    en: 'the tokenizer has {tokens} tokens, the model in {folder} {size}',
    zh: '分词器有 {tokens} 个词元，{folder} 中的模型有 {size} 个',
  },
  'trainer.no-rank': {
    en: 'adapter_config.json lacks a rank or an alpha: {why}',
    zh: 'adapter_config.json 缺少秩或 alpha：{why}',
  },
  'trainer.rank': { en: 'adapter_config.json has rank {rank}', zh: 'adapter_config.json 中的秩为 {rank}' },
  'trainer.not-lora': {
    en: 'the adapter is of type {kind}; only LORA is exported',
    zh: '适配器的类型为 {kind}；只导出 LORA',
  },
  'trainer.adapter-uses': {
    en: 'the adapter uses {key}, which a GGUF adapter cannot hold',
    zh: '适配器使用了 {key}，而 GGUF 适配器无法包含它',
  },
  'trainer.adapter-biases': {
    en: 'the adapter trains biases, which a GGUF adapter cannot hold',
    zh: '适配器训练了偏置，而 GGUF 适配器无法包含它们',
  },
  'trainer.adapter-part': {
    en: 'the adapter holds {name}, which is no part of a LoRA of a linear layer',
    zh: '适配器中有 {name}，它不是线性层 LoRA 的组成部分',
  },
  'trainer.no-pair': {
    en: "the adapter's {module} is no pair of matrices of rank {rank}",
    zh: '适配器的 {module} 不是一对秩为 {rank} 的矩阵',
  },
  'trainer.adapter-empty': {
    en: 'the adapter changes nothing: it holds no tensors',
    zh: '适配器没有改变任何内容：其中没有张量',
  },
  'trainer.large': { en: '{file} has more than {most} bytes', zh: '{file} 超过 {most} 字节' },
  'trainer.no-object': { en: '{file} holds no object', zh: '{file} 中不是对象' },
  'trainer.no-gguf': {
    en: 'a model of type {kind} has no GGUF form here; those of type {known} have one',
    zh: '类型为 {kind} 的模型在此没有 GGUF 形式；{known} 类型有',
  },
  'trainer.train-transformer': {
    en: 'Train a Transformer where the service is to load the result; others stay PyTorch models.',
    zh: '如果服务要加载训练结果，请训练 Transformer；其他模型只能作为 PyTorch 模型保存。',
  },
  'trainer.writes-nothing': {
    en: '{heads} writes no text: only language models are exported',
    zh: '{heads} 不写文本：只导出语言模型',
  },
  'trainer.gguf-lacks': {
    en: 'config.json has {key}, which the GGUF form lacks',
    zh: 'config.json 含有 {key}，而 GGUF 格式中没有',
  },
  'trainer.layer-types': {
    en: 'config.json has layer_types other than every sixth layer of full attention',
    zh: 'config.json 中的 layer_types 不是每六层一层全注意力',
  },
  'trainer.query-scalar': {
    en: 'config.json has a query_pre_attn_scalar other than head_dim',
    zh: 'config.json 中的 query_pre_attn_scalar 与 head_dim 不同',
  },
  'trainer.caps-logits': {
    en: 'config.json caps logits, which the GGUF form lacks',
    zh: 'config.json 对 logit 设了上限，而 GGUF 格式中没有',
  },
  'trainer.sliding': {
    en: 'sliding layers turn by {found} instead of 10000',
    zh: '滑动注意力层的旋转基数是 {found}，而不是 10000',
  },
  'trainer.rotary': {
    en: 'config.json scales its rotary embedding, which is not exported',
    zh: 'config.json 对旋转位置编码做了缩放，不予导出',
  },
  'trainer.other-architecture': {
    en: '{file} is of architecture {found}, the model of {expected}',
    zh: '{file} 的架构是 {found}，而模型的架构是 {expected}',
  },
  'trainer.other-tokens': {
    en: '{file} has {found} tokens, the model {expected}',
    zh: '{file} 有 {found} 个词元，而模型有 {expected} 个',
  },
  'trainer.data-beyond': {
    en: 'the data has token {token}, the model {size} tokens',
    zh: '数据中有词元 {token}，而模型有 {size} 个词元',
  },
  'trainer.nothing-to-compare': {
    en: '{folder} holds no sequence to compare on',
    zh: '{folder} 中没有可供比较的序列',
  },
  'trainer.above-16': {
    en: '{name} holds values above 65504, which 16 bits cannot hold',
    zh: '{name} 中有大于 65504 的值，16 位无法表示',
  },
  'trainer.unloadable': { en: 'PyTorch cannot load the model: {why}', zh: 'PyTorch 无法加载该模型：{why}' },
  'trainer.token-beyond': {
    en: 'the tokenizer has a token {token}, the model only {size} tokens',
    zh: '分词器有词元 {token}，而模型只有 {size} 个词元',
  },
  'trainer.no-eos': {
    en: 'tokenizer_config.json names no eos_token: nothing would end an answer',
    zh: 'tokenizer_config.json 没有写明 eos_token：回答将无法结束',
  },
  'trainer.give-like': {
    en: 'Give --like with the GGUF file that the training began with: its tokenizer is taken over.',
    zh: '请用 --like 给出训练起始的 GGUF 文件：它的分词器会被沿用。',
  },
  'trainer.no-bpe': {
    en: 'the tokenizer is no byte-level BPE that cuts words as GPT-2 does',
    zh: '分词器不是按 GPT-2 的方式切词的字节级 BPE',
  },
  'trainer.marks-parts': {
    en: "the tokenizer marks parts of words, which GPT-2's does not",
    zh: '分词器对词的组成部分做标记，而 GPT-2 的不做',
  },
  'trainer.no-such-token': {
    en: 'tokenizer_config.json names the {key} {token}, which the tokenizer does not have',
    zh: 'tokenizer_config.json 中的 {key} 为 {token}，而分词器中没有它',
  },
  'trainer.weights-unreadable': { en: 'the weights cannot be read: {why}', zh: '无法读取权重：{why}' },
  'trainer.no-numbers': {
    en: '{name} holds values that are no numbers: the training went wrong before',
    zh: '{name} 中有不是数的值：训练在此之前已经出错',
  },
  'trainer.no-table': {
    en: 'the weights hold no {table} of shape {shape}',
    zh: '权重中没有形状为 {shape} 的 {table}',
  },
  'trainer.no-head': {
    en: 'the weights hold no lm_head.weight, and config.json does not tie it to the embeddings',
    zh: '权重中没有 lm_head.weight，而 config.json 也没有把它与词嵌入绑定',
  },
  'trainer.adapter-beyond': {
    en: 'the adapter changes {module}, which the model does not have',
    zh: '适配器改变了 {module}，而模型中没有它',
  },
  'trainer.adapter-shape': {
    en: "the adapter's {module} is of another shape than the model's: it belongs to another base",
    zh: '适配器的 {module} 与模型的形状不同：它属于另一个基础模型',
  },
  'trainer.no-files': {
    en: 'model.safetensors.index.json names no files beside it',
    zh: 'model.safetensors.index.json 没有列出它旁边的文件',
  },
  'trainer.exporting': { en: 'exporting {name}', zh: '导出 {name}' },
  'trainer.exporting-at': { en: 'exporting {name} at {quantisation}', zh: '以 {quantisation} 导出 {name}' },
  'trainer.tokenizer-kind': {
    en: 'its tokenizer is of kind {kind}; gpt2 and llama can be trained',
    zh: '它的分词器类型为 {kind}；可训练的是 gpt2 和 llama',
  },
  'trainer.tokens-twice': {
    en: 'its tokenizer lists {tokens} tokens, {different} of them different',
    zh: '它的分词器列出 {tokens} 个词元，其中 {different} 个互不相同',
  },
  'trainer.cuts-words': {
    en: 'its tokenizer cuts words as {found} does; known are {known}',
    zh: '它的分词器按 {found} 的方式切词；已知的有 {known}',
  },
  'trainer.space-before': {
    en: 'its tokenizer puts a space before every text, which is not known here',
    zh: '它的分词器在每段文本前加空格，这里不支持',
  },
  'trainer.header-lacks': { en: 'its header lacks {key}', zh: '它的文件头缺少 {key}' },
  'trainer.nothing-to-adapt': {
    en: 'a model from scratch has nothing to adapt',
    zh: '从零训练的模型没有可适配的对象',
  },
  'trainer.base-missing': {
    en: 'the job trains a base model further, but none was given',
    zh: '作业要继续训练基础模型，但没有给出基础模型',
  },
  'trainer.context-long': {
    en: "a context of {context} tokens is more than the base model's {most}",
    zh: '{context} 个词元的上下文超过了基础模型的 {most} 个',
  },
  'trainer.context-most': { en: 'context: {most} at most', zh: 'context：最大 {most}' },
  'trainer.other-vocabulary': {
    en: "the tokens are of a vocabulary of {tokens}, the model's has {model}",
    zh: '词元的词表大小为 {tokens}，而模型的词表大小为 {model}',
  },
  'trainer.own-tokenizer': {
    en: "make the tokens with the model's own tokenizer, or give the model their vocabulary",
    zh: '请用模型自己的分词器生成词元，或让模型使用词元的词表',
  },
  'trainer.no-layer': {
    en: 'LoRA targets that name no layer of the base model: {targets}',
    zh: 'LoRA 目标中有基础模型没有的层：{targets}',
  },
  'trainer.layers-are': { en: 'its layers are named {layers}', zh: '它的层名为 {layers}' },
  'trainer.base-unreadable': { en: 'the base model cannot be read: {why}', zh: '无法读取基础模型：{why}' },
  'trainer.base-kind': {
    en: 'this kind of base model cannot be trained here: {why}',
    zh: '这种基础模型不能在此训练：{why}',
  },
  'trainer.base-logits': {
    en: 'a base model of kind {kind} changes its logits after the head',
    zh: '类型为 {kind} 的基础模型在输出头之后还会改变 logit',
  },
  'trainer.heads-unfit': {
    en: 'width {width}, heads {heads} and kv_heads {kvHeads} do not fit together',
    zh: 'width {width}、heads {heads} 与 kv_heads {kvHeads} 互不相容',
  },
  'trainer.heads-must': {
    en: 'heads must divide width into even parts, and kv_heads must divide heads',
    zh: 'heads 必须能把 width 分成偶数大小的等份，且 kv_heads 必须能整除 heads',
  },
  'trainer.unreadable': { en: '{file} cannot be read: {why}', zh: '无法读取 {file}：{why}' },
  'trainer.not-json': { en: '{file} is not JSON: {why}', zh: '{file} 不是 JSON：{why}' },
  'trainer.not-gguf': { en: '{file} is no GGUF file: {why}', zh: '{file} 不是 GGUF 文件：{why}' },
  'trainer.missing': { en: '{file} is missing', zh: '缺少 {file}' },
  'trainer.no-key': { en: 'config.json has no {key}', zh: 'config.json 中没有 {key}' },
  'trainer.no-place': { en: 'the GGUF form has no place for {name}', zh: 'GGUF 格式中没有 {name} 的位置' },
  'trainer.activation': { en: 'the activation {found} is not {known}', zh: '激活函数 {found} 不是 {known}' },
  'trainer.scoring': { en: 'scoring texts with PyTorch', zh: '用 PyTorch 为文本评分' },
  'trainer.continuing': { en: 'continuing prompts with PyTorch', zh: '用 PyTorch 续写提示词' },
});
