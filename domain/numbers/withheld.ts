/** Words which mean that the caller withholds the number, to be compared in the form of `plainWord`. */
const keptBack = [
  'anonymous', 'anonymouscaller', 'anonymouscall', 'anon', 'restricted', 'restrictednumber', 'restrictedidentity', 'private', 'privatenumber', 'privatecaller', 'privatecall',
  'privatename', 'withheld', 'withheldnumber', 'numberwithheld', 'callerwithheld', 'calleridwithheld', 'blocked', 'blockednumber', 'numberblocked', 'blockedcaller', 'callerblocked',
  'calleridblocked', 'hidden', 'hiddennumber', 'numberhidden', 'hiddencaller', 'secret', 'secretnumber', 'confidential', 'suppressed', 'numbersuppressed',
  'anonym', 'anonymeranrufer', 'unterdrückt', 'nummerunterdrückt', 'rufnummerunterdrückt', 'unterdrückterufnummer', 'privatenummer', 'privat', 'geheim', 'geheimnummer',
  'anonyme', 'appelanonyme', 'masqué', 'numéromasqué', 'appelmasqué', 'privé', 'numéroprivé', 'appelprivé', 'confidentiel',
  'anónimo', 'anonimo', 'oculto', 'númerooculto', 'privado', 'númeroprivado', 'confidencial', 'númeroconfidencial', 'retenido', 'bloqueado', 'númerobloqueado',
  'privato', 'numeroprivato', 'nascosto', 'numeronascosto', 'riservato', 'numeroriservato', 'anoniem', 'privénummer', 'afgeschermd',
  'скрыт', 'скрытый', 'скрытыйномер', 'номерскрыт', 'анонимный', 'анонимно', 'аноним', 'частный', 'частныйномер', 'запрещено',
  '非通知', '非通知設定', '番号非通知', '匿名', '발신번호표시제한', '발신자표시제한', '발신번호제한', '익명', '비공개',
  '匿名来电', '匿名来電', '匿名來電', '匿名号码', '匿名號碼', '私人号码', '私人號碼', '私人来电', '私人來電', '私密号码', '私密號碼', '号码保密', '號碼保密', '保密号码', '保密號碼', '保密', '保密来电', '保密來電',
  '隐藏号码', '隱藏號碼', '号码隐藏', '號碼隱藏', '隐藏来电', '隱藏來電', '隐藏', '隱藏', '限制号码', '号码限制', '受限', '受限号码', '屏蔽号码', '号码屏蔽', '不显示号码', '不顯示號碼', '号码不显示', '未显示号码', '未顯示號碼', '来电号码保密',
  '来电隐藏', '來電隱藏', '无法显示', '無法顯示', '号码无法显示', '无来电显示', '無來電顯示', '禁止显示', '禁止显示号码',
] as const

/** Words which mean that no number is available. Beside a number they only mean that the name is missing. */
const notKnown = [
  '', 'unknown', 'unknownnumber', 'unknowncaller', 'unknowncall', 'unknownname', 'numberunknown', 'callerunknown', 'unavailable', 'numberunavailable', 'calleridunavailable', 'idunavailable',
  'notavailable', 'numbernotavailable', 'unavail', 'na', 'nocallerid', 'nocid', 'nonumber', 'nonumbergiven', 'none', 'null', 'undefined', 'outofarea', 'asserted', 'noid', 'callerid', 'p', 'o',
  'nodisplay', 'payphone', 'coin', 'international',
  'unbekannt', 'unbekanntenummer', 'unbekannterufnummer', 'unbekannteranrufer', 'keinerufnummer', 'keinenummer', 'nichtverfügbar', 'nummernichtverfügbar',
  'inconnu', 'numéroinconnu', 'appelinconnu', 'appelantinconnu', 'indisponible', 'numéroindisponible', 'nondisponible', 'desconocido', 'númerodesconocido', 'noidentificado', 'nodisponible', 'número não identificado',
  'desconhecido', 'númerodesconhecido', 'indisponível', 'nãoidentificado', 'sconosciuto', 'numerosconosciuto', 'onbekend', 'onbekendnummer', 'неизвестно', 'неизвестный', 'неизвестныйномер', 'номернеизвестен', 'неопределен', 'неопределён', 'номернеопределен', 'номернеопределён',
  '不明', '番号不明', '表示圏外', '通知不可', '通知不可能', '公衆電話', '발신번호없음', '알수없음', '알수없는번호',
  '未知', '未知号码', '未知號碼', '未知来电', '未知來電', '不明来电', '不明來電', '不明号码', '不明號碼', '陌生号码', '无号码', '無號碼', '无主叫号码', '空号码', '号码未知', '號碼未知', '来电未知', '无法识别', '無法識別', '号码不可用', '不可用',
] as const

/** The same words as typed on a telephone keypad, which Twilio sends; some look like real numbers of China. */
const keypadWords = new Set([
  '+266696687', // ANONYMOUS
  '+7378742833', // RESTRICTED
  '+2562533', // BLOCKED
  '+8656696', // UNKNOWN
  '+86282452253', // UNAVAILABLE
])

/**
 * A word without case, accents, spaces and punctuation, so that "Private Number" and "PRIVATE-NUMBER" have the same
 * form.
 */
const plainWord = (text: string): string => text.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase().normalize('NFC')

const hiding = new Set(keptBack.map(plainWord))
const absent = new Set([...hiding, ...notKnown.map(plainWord)])

/** Whether a caller id says that there is no number. Such a caller never matches anybody. */
export function isWithheld(text: string): boolean {
  const written = text.trim()
  if (keypadWords.has(written.replace(/^(?=\d)/, '+'))) return true
  // "+" and "*" alone are signs and not words: no telephone system gives them as a caller id on purpose.
  return absent.has(plainWord(written)) && (written === '' || /[\p{L}\p{N}<]/u.test(written) || /^-+$/.test(written))
}

/** Whether a name beside a number asks for privacy; then the number must not be shown either. */
export const hidesCaller = (name: string): boolean => hiding.has(plainWord(name))
