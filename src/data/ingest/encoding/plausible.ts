/** Frequent characters of written Chinese, simplified and traditional: over a third of the Han in ordinary text. */
const frequent = new Set(
  '的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔' +
    '這個們來為國說時會對著過發後裡種經麼學現當沒動還進樣開實軍無與長機第關點業將兩間問並應戰頭體見產話結題處走義幾條氣爾別變總電數報場計統區隊決馬聽達難權設記張該規傳師觀讓識帶導爭運' +
    '文件设置配置运行数据模型服务用户版本发布索引答案文档步骤项目请求错误命令参数语言检查更新删除添加选择系统',
);

const han = /\p{Script=Han}/u;
const chinesePunctuation = /[\u3000-\u301f〾〿\uff01-\uff5e\uffe0-\uffe5·—‘’“”…→←↑↓\u2460-\u2473№°×÷±§]/u;

interface Plausibility {
  /** Characters outside ASCII. */
  readonly foreign: number;
  readonly han: number;
  /** Share of the Han characters that are among the frequent ones. */
  readonly frequentShare: number;
  /** Share of the characters outside ASCII that are Han or Chinese punctuation. */
  readonly chineseShare: number;
}

/** Figures that tell Chinese text from bytes of another encoding read as if they were Chinese. */
function plausibility(text: string): Plausibility {
  let foreign = 0;
  let hanCount = 0;
  let frequentCount = 0;
  let punctuation = 0;
  for (const character of text) {
    if ((character.codePointAt(0) ?? 0) < 0x80) continue;
    foreign += 1;
    if (frequent.has(character)) {
      hanCount += 1;
      frequentCount += 1;
    } else if (han.test(character)) hanCount += 1;
    else if (chinesePunctuation.test(character)) punctuation += 1;
  }
  return {
    foreign,
    han: hanCount,
    frequentShare: hanCount === 0 ? 0 : frequentCount / hanCount,
    chineseShare: foreign === 0 ? 0 : (hanCount + punctuation) / foreign,
  };
}

/**
 * Whether the text reads as Chinese. Big5, Korean and Japanese bytes taken for GB18030 give Han characters too, but
 * hardly any frequent ones. On 240 encyclopedia passages real Chinese had a share of .38 or more (first 100
 * characters) and wrongly read bytes of .12 or less, at full length .40 against .13.
 */
export function readsAsChinese(text: string): boolean {
  const figures = plausibility(text);
  return figures.han >= 6 && figures.frequentShare >= 0.3 && figures.chineseShare >= 0.8;
}
