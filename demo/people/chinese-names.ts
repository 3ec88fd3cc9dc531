import type { Random } from '../random.ts'

/** Common family names and given-name characters with their pinyin (Hanyu Pinyin without tones). */
const family =
  '李Li 王Wang 张Zhang 刘Liu 陈Chen 杨Yang 赵Zhao 黄Huang 周Zhou 吴Wu 徐Xu 孙Sun 胡Hu 朱Zhu 高Gao 林Lin 何He 郭Guo 马Ma 罗Luo 梁Liang 宋Song 郑Zheng 谢Xie 韩Han 唐Tang 冯Feng 于Yu 董Dong 萧Xiao 程Cheng 曹Cao 袁Yuan 邓Deng 许Xu 傅Fu 沈Shen 曾Zeng 彭Peng 吕Lü 苏Su 卢Lu 蒋Jiang 蔡Cai 贾Jia 丁Ding 魏Wei 薛Xue 叶Ye 阎Yan 欧阳Ouyang 司马Sima 上官Shangguan'
const given =
  '伟Wei 芳Fang 娜Na 敏Min 静Jing 丽Li 强Qiang 磊Lei 军Jun 洋Yang 勇Yong 艳Yan 杰Jie 娟Juan 涛Tao 明Ming 超Chao 秀Xiu 霞Xia 平Ping 刚Gang 桂Gui 英Ying 华Hua 玉Yu 兰Lan 建Jian 国Guo 文Wen 辉Hui 红Hong 梅Mei 雪Xue 晨Chen 宇Yu 浩Hao 然Ran 子Zi 涵Han 欣Xin 怡Yi 佳Jia 琪Qi 思Si 雨Yu 博Bo 嘉Jia 俊Jun 峰Feng 凯Kai 鑫Xin 鹏Peng 飞Fei 云Yun 海Hai 波Bo 林Lin 春Chun 月Yue 婷Ting'
const towns =
  "深圳Shenzhen 上海Shanghai 北京Beijing 广州Guangzhou 杭州Hangzhou 成都Chengdu 武汉Wuhan 南京Nanjing 苏州Suzhou 西安Xi'an 厦门Xiamen 青岛Qingdao 东莞Dongguan 宁波Ningbo 长沙Changsha"
const trades =
  '精密Precision 电子Electronics 塑料Plastics 贸易Trading 机械Machinery 包装Packaging 食品Foods 纺织Textiles 化工Chemicals 家居Home'

const read = (list: string): readonly (readonly [script: string, latin: string])[] =>
  list.split(' ').map((item) => {
    const cut = item.search(/\p{Script=Latin}/u)
    return [item.slice(0, cut), item.slice(cut)]
  })

const families = read(family)
const givens = read(given)
const cities = read(towns)
const businesses = read(trades)

export interface PersonName {
  readonly displayName: string
  readonly nativeName: string | null
  readonly givenName: string
  readonly familyName: string
}

export function chinesePerson(random: Random): PersonName {
  const [familyScript, familyLatin] = random.pick(families)
  const [firstScript, firstLatin] = random.pick(givens)
  const [secondScript, secondLatin] = random.chance(0.72) ? random.pick(givens) : (['', ''] as const)
  const givenLatin = firstLatin + secondLatin.toLowerCase()
  return {
    displayName: `${familyLatin} ${givenLatin}`,
    nativeName: familyScript + firstScript + secondScript,
    givenName: givenLatin,
    familyName: familyLatin,
  }
}

/** A town in Chinese characters. */
export const chineseCity = (random: Random): string => random.pick(cities)[0]

export function chineseCompany(random: Random): { displayName: string; nativeName: string; city: string } {
  const [townScript, townLatin] = random.pick(cities)
  const [aScript, aLatin] = random.pick(givens)
  const [bScript, bLatin] = random.pick(givens)
  const [tradeScript, tradeLatin] = random.pick(businesses)
  return {
    displayName: `${townLatin} ${aLatin}${bLatin.toLowerCase()} ${tradeLatin} Co., Ltd.`,
    nativeName: `${townScript}${aScript}${bScript}${tradeScript}有限公司`,
    city: townScript,
  }
}
