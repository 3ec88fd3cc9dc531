import { describe, expect, test } from 'vitest'
import { dialString } from '../../../domain/numbers/dial-string.ts'
import type { LineRules } from '../../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../../domain/numbers/normalise-number.ts'
import { readParty } from '../../../domain/numbers/read-party.ts'
import { writtenNumber } from '../../../domain/numbers/written-address.ts'
import { plainCharacters } from '../../../domain/plain-characters.ts'
import { readSearchQuery } from '../../../domain/search-text.ts'
import { readNumberArgument } from '../../../main/calls/deep-link.ts'

const inside = (country: string | null): LineRules => ({
  country,
  areaCode: null,
  outsidePrefixes: [],
  e164WithoutPlus: false,
})
const read = (raw: string, country: string | null = 'CN') => normaliseNumber(raw, inside(country))

/** The zeros of all sets of ten digits in Unicode. */
const zeros: number[] = []
for (let code = 0; code <= 0x10ffff; code += 1) {
  if (!/\p{Nd}/u.test(String.fromCodePoint(code))) continue
  zeros.push(code)
  code += 9
}

describe('a number is the same in every way of writing it', () => {
  test.each([
    ['+86 138-0013-8000', 'plain'],
    ['+86\u00a0138\u00a00013\u00a08000', 'no-break spaces'],
    ['+86\u2009138\u202f0013\u30008000', 'thin and ideographic spaces'],
    ['+86\t138 0013 8000', 'a tab'],
    ['\u202a+86 138 0013 8000\u202c', 'an embedding, as Windows contacts carry it'],
    ['\u200e\u2066+8613800138000\u2069\u200f', 'marks and an isolate'],
    ['\u061c+86\u200b138\u200d0013\ufeff8000\u2060', 'an Arabic letter mark, zero-width characters, a byte order mark'],
    ['+86\u2010138\u20110013\u20128000', 'hyphens'],
    ['+86\u2013138\u20140013\u20158000', 'dashes'],
    ['+86\u2212138\ufe630013\uff0d8000', 'minus, small hyphen, full-width hyphen'],
    ['+86\u00ad138\u30fc0013\u2e3a8000', 'soft hyphen, long vowel sign, long dash'],
    ['＋８６１３８００１３８０００', 'full width'],
    ['﹢86 138（0013）8000', 'small plus and full-width brackets'],
    ['⁺86 138 0013 8000', 'superscript plus'],
    ['(+86) 138 0013 8000', 'the country in brackets'],
    ['（＋86）138.0013.8000', 'the country in full-width brackets'],
    ['+86/138/0013/8000', 'slashes'],
    ['+86 138·0013·8000', 'dots in the middle'],
    ["'+8613800138000", 'the apostrophe of a spreadsheet'],
    ['"13800138000"', 'quotes of a CSV file'],
    ['tel:+8613800138000', 'tel'],
    ['TEL:+86-138-0013-8000', 'tel in capitals'],
    ['tel://+8613800138000', 'tel with slashes'],
    ['tel:%2B8613800138000', 'tel, percent-encoded'],
    ['tel:138-0013-8000;phone-context=+86', 'tel in a global context'],
    ['callto:+8613800138000', 'callto'],
    ['callto://13800138000', 'callto with slashes'],
    ['sms:13800138000?body=hi', 'sms'],
    ['sip:+8613800138000@pbx.example.com', 'sip'],
    ['sips:13800138000@10.0.0.5:5061;transport=tls', 'sips with port and parameters'],
    ['<sip:13800138000@pbx;user=phone>;tag=1', 'a name-addr'],
    ['13800138000@10.0.0.5', 'an address without a scheme'],
    ['"Li Wei" <sip:13800138000@pbx>', 'a quoted name and a sip address'],
    ['Li Wei <13800138000>', 'a whole caller id'],
    ['"Li, Wei <boss>" <13800138000>', 'a quoted name with brackets'],
    ['李伟<13800138000>', 'a Chinese name'],
    ['"" <13800138000>', 'an empty name'],
    ['"Unknown" <13800138000>', 'a name that is not known'],
    ['Unavailable <13800138000>', 'a name that is not to be had'],
    ['手机：13800138000', 'a label'],
    ['Tel.: 138 0013 8000', 'another label'],
    ['Mobile 13800138000', 'a label without a colon'],
    ['138 0013 8000 (home)', 'a remark behind it'],
    ['+86+13800138000', 'a plus too many'],
  ])('%j: %s', (raw) => {
    expect(read(raw)).toMatchObject({ kind: 'number', e164: '+8613800138000', nationalKey: 'CN:13800138000' })
    expect(dialString(raw, 'CN')).toEqual({ ok: true, value: '+8613800138000' })
    expect(readNumberArgument(raw)).toMatchObject({ ok: true })
    const query = readSearchQuery(raw)
    expect(query.kind === 'digits' && query.digits).toMatch(/^(?:86)?13800138000$/)
  })

  test('in the digits of every script that has them', () => {
    expect(zeros.length).toBeGreaterThan(60)
    for (const zero of zeros) {
      const raw = [...'13800138000'].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')
      expect([zero.toString(16), plainCharacters(raw), read(raw).e164]).toEqual([
        zero.toString(16),
        '13800138000',
        '+8613800138000',
      ])
      expect(
        plainCharacters(Array.from({ length: 10 }, (_, digit) => String.fromCodePoint(zero + digit)).join('')),
      ).toBe('0123456789')
    }
  })
})

describe('an extension is not part of the number', () => {
  test.each([
    'ext. 12',
    'ext 12',
    'ext.12',
    'Ext:12',
    'extension 12',
    'extn. 12',
    'x12',
    'x 12',
    'X12',
    ';ext=12',
    ',12',
    ',,12',
    ';12',
    '#12',
    ' #12',
    ' 转12',
    '转 12',
    '轉12',
    '分机12',
    ' 分机：12',
    '分機12',
    '转分机12',
    '内线12',
    '內線12',
    'Durchwahl 12',
    'DW 12',
    'App. 12',
    'Nst. 12',
    'poste 12',
    'interno 12',
    'int. 12',
    'anexo 12',
    'ramal 12',
    'доб. 12',
    '内線12',
    '내선 12',
    ' (ext. 12)',
    '（转12）',
    ' ｅｘｔ．１２',
    '-12',
  ])('010-62551234%s', (extension) => {
    expect(read(`010-62551234${extension}`)).toMatchObject({ kind: 'number', e164: '+861062551234' })
    expect(writtenNumber(`010-62551234${extension}`)).toMatchObject({ digits: '01062551234', extension: '12' })
    expect(dialString(`010-62551234${extension}`, 'CN')).toEqual({ ok: true, value: '+861062551234' })
    expect(readSearchQuery(`010-62551234${extension}`)).toMatchObject({ kind: 'digits', digits: '01062551234' })
  })

  test.each([
    '+86-755-26123456-8001',
    '86 755 26123456-8001',
    'tel:+86-755-26123456;ext=8001',
    'sip:075526123456;ext=8001@pbx',
  ])('%s', (raw) => {
    expect(read(raw).e164).toBe('+8675526123456')
  })
})

describe('a number in letters becomes its digits and never an extension', () => {
  test.each([
    ['1-800-FLOWERS', 'US', '+18003569377'],
    ['1-800-FLOWERS', 'CN', '+18003569377'],
    ['1-800-FLOWERS', null, '+18003569377'],
    ['1 800 flowers', 'US', '+18003569377'],
    ['1800FLOWERS', 'US', '+18003569377'],
    ['(800) FLOWERS', 'US', '+18003569377'],
    ['+1 800 FLOWERS', 'DE', '+18003569377'],
    ['1-800-GO-FEDEX', 'US', '+18004633339'],
    ['1-888-MATTRESS', 'US', '+18886288737'],
    ['tel:1-800-FLOWERS', 'US', '+18003569377'],
    ['Flower shop <1-800-FLOWERS>', 'US', '+18003569377'],
    ['１－８００－ＦＬＯＷＥＲＳ', 'US', '+18003569377'],
    ['1300 FLOWER', 'AU', '+611300356937'],
    ['212-555-CALL', 'US', '+12125552255'],
  ])('%s in %s', (raw, country, e164) => {
    expect(read(raw, country)).toMatchObject({ kind: 'number', e164 })
    expect(dialString(raw, country)).toEqual({ ok: true, value: e164 })
  })

  test.each(['1-ABC', '12 Main Street', '4 you', '1.38E+10', '24h Service', 'room 12', 'alice2', 'SF1234567890'])(
    '%s is no number',
    (raw) => {
      expect(['invalid', 'sip_user']).toContain(read(raw, 'US').kind)
      expect(dialString(raw, 'US')).toMatchObject({ ok: false, error: { code: 'NUMBER_UNUSABLE' } })
    },
  )

  test('the search takes it as a number and as words', () => {
    expect(readSearchQuery('1-800-FLOWERS')).toMatchObject({
      kind: 'words',
      words: ['1', '800', 'flowers'],
      digits: '18003569377',
    })
    expect(readSearchQuery('o-2024-00123')).toMatchObject({ kind: 'words', digits: null })
  })
})

describe('a caller who withholds the number', () => {
  test.each([
    'Anonymous',
    'anonymous',
    'ANONYMOUS',
    'Anonymous Caller',
    'Anonymous <anonymous>',
    '"Anonymous" <anonymous>',
    'Anonymous <>',
    'anonymous@anonymous.invalid',
    '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1',
    '"Unavailable" <sip:unavailable@unknown.invalid>',
    'sip:restricted@10.0.0.1',
    'tel:anonymous',
    'Private',
    'Private Number',
    'PRIVATE NUMBER',
    'private-number',
    'Private Caller',
    'Private <Private>',
    'Restricted',
    'Restricted Number',
    'Withheld',
    'Number withheld',
    'Caller ID withheld',
    'Blocked',
    'Blocked Number',
    'Hidden',
    'Unavailable',
    'ID Unavailable',
    'Not Available',
    'Out of Area',
    'out-of-area',
    'No Caller ID',
    'No Number',
    'Unknown',
    'Unknown Number',
    'Unknown Caller',
    'Unknown <unknown>',
    '<unknown>',
    'N/A',
    'P',
    'O',
    '-',
    '',
    '  ',
    '\u200e',
    'Unterdrückt',
    'Unterdru\u0308ckt',
    'Nummer unterdrückt',
    'Unbekannt',
    'Unbekannte Rufnummer',
    'Privat',
    'Anonym',
    'Numéro masqué',
    'Numéro privé',
    'Appel masqué',
    'Inconnu',
    'Número oculto',
    'Número privado',
    'Desconocido',
    'Anónimo',
    'Sconosciuto',
    'Numero privato',
    'Anonimo',
    'Desconhecido',
    'Номер скрыт',
    'Неизвестный номер',
    'Аноним',
    '非通知',
    '非通知設定',
    '表示圏外',
    '公衆電話',
    '발신번호표시제한',
    '未知',
    '未知来电',
    '未知來電',
    '未知号码',
    '私人号码',
    '私人號碼',
    '号码保密',
    '號碼保密',
    '匿名',
    '匿名来电',
    '隐藏号码',
    '无法显示',
    '保密号码',
    '不显示号码',
    ' 私人号码 ',
    '「未知来电」',
    '+266696687',
    '+7378742833',
  ])('%j', (raw) => {
    expect(read(raw)).toEqual({ kind: 'withheld', raw: '', e164: null, nationalKey: null, region: null, display: '' })
    expect(readParty({ kind: 'number', raw, name: null })).toEqual({ kind: 'withheld' })
    expect(dialString(raw, 'CN')).toMatchObject({ ok: false })
  })

  test.each([
    'Anonymous <13800138000>',
    '"Private Number" <sip:13800138000@pbx>',
    '匿名 <13800138000>',
    '号码保密<13800138000>',
  ])('%s: the number beside it is not kept', (raw) => {
    expect(read(raw)).toMatchObject({ kind: 'withheld', raw: '', display: '' })
    expect(readParty({ kind: 'number', raw, name: null })).toEqual({ kind: 'withheld' })
  })

  test('also where the telephone system sends name and number separately', () => {
    expect(readParty({ kind: 'number', raw: '13800138000', name: 'Private Number' })).toEqual({ kind: 'withheld' })
    expect(readParty({ kind: 'number', raw: '13800138000', name: 'Unknown' })).toMatchObject({
      kind: 'number',
      raw: '13800138000',
    })
  })

  test.each(['Annonymous Ltd', 'Private Bank <13800138000>', 'Hidden Valley Farm', 'Po', 'Oberon'])(
    '%s is not withheld',
    (raw) => {
      expect(read(raw).kind).not.toBe('withheld')
    },
  )
})

describe('a party of a telephone system', () => {
  test.each([
    ['Li Wei <13800138000>', null, { kind: 'number', raw: '13800138000', name: 'Li Wei' }],
    ['"Li Wei" <sip:13800138000@pbx>', null, { kind: 'number', raw: 'sip:13800138000@pbx', name: 'Li Wei' }],
    ['Li Wei <13800138000>', 'Mr Li', { kind: 'number', raw: '13800138000', name: 'Mr Li' }],
    ['13800138000', null, { kind: 'number', raw: '13800138000', name: null }],
  ] as const)('%s, called %s', (raw, name, party) => {
    expect(readParty({ kind: 'number', raw, name })).toEqual(party)
  })
})

describe('a number of an old numbering plan cannot be dialled, and keeps its digits for the search', () => {
  test.each([
    ['+52 1 55 1234 5678', 'MX', '5215512345678'],
    ['044 55 1234 5678', 'MX', '0445512345678'],
    ['+225 07 12 34 56', 'CI', '22507123456'],
    ['+55 11 8765-4321', 'BR', '551187654321'],
    ['+84 120 312 3456', 'VN', '841203123456'],
  ])('%s (%s)', (raw, country, digits) => {
    expect(read(raw, country)).toMatchObject({ kind: 'invalid', e164: null })
    expect(writtenNumber(raw)?.digits.replace('+', '')).toBe(digits)
    expect(readNumberArgument(raw)).toMatchObject({ ok: true })
    expect(dialString(raw, country)).toMatchObject({ ok: false, error: { code: 'NUMBER_UNUSABLE' } })
  })

  test('Argentina writes one mobile number in two ways', () => {
    expect(read('011 15 2345-6789', 'AR').e164).toBe('+5491123456789')
    expect(read('+54 9 11 2345-6789', 'CN').e164).toBe('+5491123456789')
  })
})

describe('the number that is sent to a telephone system', () => {
  test.each([
    ['138 0013 8000', 'CN', '+8613800138000'],
    ['8001', 'CN', '8001'],
    ['10086', 'CN', '10086'],
    ['110', 'CN', '110'],
    ['13800138000', null, '13800138000'],
    ['+8613800138000', null, '+8613800138000'],
    ['sip:8001@pbx', 'CN', '8001'],
    ['8001@internal', 'CN', '8001'],
    ['13800138000\r\n', 'CN', '+8613800138000'],
    ['tel:8001;phone-context=pbx.example.com', 'CN', '8001'],
  ])('%s in %s is %s, and is the same when it is read again', (written, country, digits) => {
    expect(dialString(written, country)).toEqual({ ok: true, value: digits })
    expect(dialString(digits, country)).toEqual({ ok: true, value: digits })
  })

  test.each([
    '123\r\nAction: Originate\r\nChannel: PJSIP/trunk',
    '13800138000\nAction: Hangup',
    '1380013\u00008000',
    '13800138000\u0085Action: x',
    '13800138000\u2028Action: x',
    '8001,s,1(System)',
    '8001&PJSIP/9',
    'Local/8001@x',
    'PJSIP/8001',
    '${EXTEN}',
    '8001|',
    '*21*13900139000#',
    '#31#13800138000',
    '**8001',
    '',
    ' ',
    '+',
    'anonymous',
    'abc',
    '1'.repeat(40),
    '138001380001380013800',
  ])('%j is refused with a reason', (written) => {
    const result = dialString(written, 'CN')
    expect(result).toMatchObject({ ok: false, error: { code: 'NUMBER_UNUSABLE' } })
    expect(JSON.stringify(result)).not.toMatch(/\\[rn]|\\u00/)
  })
})
