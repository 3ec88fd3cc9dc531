/**
 * Towns whose name in the other language does not follow its sound, or that have another well-known name: Latin, then
 * Chinese.
 */
const towns = `
London=伦敦 Manchester=曼彻斯特 Leeds=利兹 Bristol=布里斯托尔 Glasgow=格拉斯哥 Cardiff=加的夫 Liverpool=利物浦 Newcastle=纽卡斯尔
Berlin=柏林 Hamburg=汉堡 München=慕尼黑 Köln=科隆 Frankfurt=法兰克福 Stuttgart=斯图加特 Leipzig=莱比锡 Bremen=不来梅
Boston=波士顿 Chicago=芝加哥 Seattle=西雅图 Denver=丹佛 Austin=奥斯汀 Portland=波特兰 Atlanta=亚特兰大 Phoenix=凤凰城
Paris=巴黎 Lyon=里昂 Marseille=马赛 Toulouse=图卢兹 Nantes=南特 Lille=里尔 Bordeaux=波尔多 Nice=尼斯
Lisboa=里斯本 Porto=波尔图 Braga=布拉加 Coimbra=科英布拉 Faro=法鲁 Évora=埃武拉 Aveiro=阿威罗 Setúbal=塞图巴尔
Madrid=马德里 Barcelona=巴塞罗那 Valencia=瓦伦西亚 Sevilla=塞维利亚 Bilbao=毕尔巴鄂 Málaga=马拉加 Zaragoza=萨拉戈萨 Granada=格拉纳达
Shenzhen=深圳 Shanghai=上海 Beijing=北京 Guangzhou=广州 Hangzhou=杭州 Chengdu=成都 Wuhan=武汉 Nanjing=南京 Suzhou=苏州 Xi'an=西安
Xiamen=厦门 Qingdao=青岛 Dongguan=东莞 Ningbo=宁波 Changsha=长沙 Tianjin=天津 Chongqing=重庆 Dalian=大连 Foshan=佛山 Hefei=合肥 Zhengzhou=郑州
Jinan=济南 Shenyang=沈阳 Fuzhou=福州 Kunming=昆明 Wuxi=无锡 Zhuhai=珠海 Guiyang=贵阳 Nanning=南宁 Nanchang=南昌 Lanzhou=兰州 Taiyuan=太原
Harbin=哈尔滨 Hohhot=呼和浩特 Ürümqi=乌鲁木齐 Lhasa=拉萨 Macau=澳门 Taipei=台北 Kaohsiung=高雄 Singapore=新加坡
Tokyo=东京 Osaka=大阪 Seoul=首尔 Bangkok=曼谷 Hanoi=河内 Vienna=维也纳 Zürich=苏黎世 Genève=日内瓦 Milano=米兰 Roma=罗马
Warszawa=华沙 Amsterdam=阿姆斯特丹 Dublin=都柏林 Stockholm=斯德哥尔摩 Bruxelles=布鲁塞尔 Sydney=悉尼 Melbourne=墨尔本 Toronto=多伦多 Vancouver=温哥华
`
  .trim()
  .split(/\s+/)
  .map((pair): readonly [latin: string, chinese: string] => {
    const [latin = '', chinese = ''] = pair.split('=')
    return [latin, chinese]
  })
  .concat([
    ['Hong Kong', '香港'],
    ['New York', '纽约'],
    ['Los Angeles', '洛杉矶'],
    ['San Francisco', '旧金山'],
    ['São Paulo', '圣保罗'],
    ['Ho Chi Minh City', '胡志明市'],
  ])

/** "深圳市" is the same town as "深圳". */
const bare = (chinese: string): string => (chinese.length > 2 ? chinese.replace(/市$/u, '') : chinese)

const toChinese = new Map(towns.map(([latin, chinese]) => [latin.toLowerCase(), chinese]))
const toLatin = new Map(towns.map(([latin, chinese]) => [bare(chinese), latin]))

/** The name of a town in a language; null where it is not known. */
export const townIn = (language: 'en' | 'zh', town: string): string | null =>
  (language === 'zh' ? toChinese.get(town.trim().toLowerCase()) : toLatin.get(bare(town.trim()))) ?? null
