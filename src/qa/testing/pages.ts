import { passage } from './shelf.ts';

/** Real prose to answer from, in both languages; written for these tests. */
export const pages = [
  passage(
    'The canal of Lancaster was dug between 1792 and 1826. John Rennie designed the Lune aqueduct, which carries the canal 16 metres above the river. The aqueduct was opened in 1797 and cost 48,320 pounds.',
    'Lancaster Canal > History',
    'docs/en/lancaster.md',
  ),
  passage(
    'The gateway listens on port 7411 by default. Set `serve.port` to another number to change it. A port in use is reported before anything starts.',
    'Settings > serve',
    'docs/en/settings.md',
  ),
  passage(
    'To go back to an earlier release, run this command:\n\n```bash\ntowpath rollback\n```\n\nThe release before the live one takes over without a failed request.',
    'How-to > Roll back',
    'docs/en/rollback.md',
  ),
  passage(
    'A release is an immutable bundle of a model, an index and an evaluation report. It is named by a number.',
    'Concepts > Release',
    'docs/en/release.md',
  ),
  passage(
    '兰开斯特运河于 1792 年至 1826 年间开凿。约翰·伦尼设计了伦河渡槽，渡槽把运河架在河面以上 16 米处。渡槽于 1797 年开通，耗资 48320 英镑。',
    '兰开斯特运河 > 历史',
    'docs/zh/lancaster.md',
  ),
  passage(
    '网关默认监听 7411 端口。要改用其他端口，请设置 `serve.port`。端口被占用时会在启动前报告。',
    '设置 > serve',
    'docs/zh/settings.md',
  ),
  passage(
    '发布是由模型、索引和评估报告组成的不可变的整体。发布以编号命名。',
    '概念 > 发布',
    'docs/zh/release.md',
  ),
];
