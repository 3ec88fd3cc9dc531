/** Words that providers send where the caller's number is kept back. */
const words = new Set([
  '', 'anonymous', 'anonym', 'restricted', 'private', 'withheld', 'unknown', '<unknown>', 'unavailable', 'blocked',
  'nocallerid', 'no caller id', 'asserted', '未知', '未知号码', '匿名',
])

/** The same words typed on a telephone keypad, as Twilio sends them; some look like real numbers of China. */
const keypadWords = new Set([
  '+266696687', // ANONYMOUS
  '+7378742833', // RESTRICTED
  '+2562533', // BLOCKED
  '+8656696', // UNKNOWN
  '+86282452253', // UNAVAILABLE
])

/** Whether a caller id says that there is none to be had. Such a caller never matches anybody. */
export const isWithheld = (text: string): boolean => {
  const plain = text.trim().toLowerCase()
  return words.has(plain) || keypadWords.has(plain.replace(/^(?=\d)/, '+'))
}
