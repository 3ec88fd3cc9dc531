import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCache } from '../../../db/files/cache-file.ts'
import type { WritableDb } from '../../../db/handles.ts'
import { searchCustomers } from '../../../db/queries/search/search-customers.ts'
import { putRow, removeRow } from '../../../db/rows/store.ts'
import type { Customer } from '../../../protocol/entities.ts'
import type { CustomerId } from '../../../protocol/scalars.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'

let folder: string
let db: WritableDb

const person = (
  number: string,
  displayName: string,
  nativeName: string | null,
  familyName: string | null,
  more: Partial<Customer> = {},
): Customer => {
  const row: Customer = {
    ...entityExamples.customer(),
    number,
    displayName,
    nativeName,
    familyName,
    givenName: null,
    organisationId: null,
    city: null,
    tier: 'small',
    ...more,
  }
  putRow(db, 'customer', row)
  return row
}
const phone = (customerId: CustomerId, raw: string, e164: string | null, nationalKey: string | null) => {
  const row = { ...entityExamples.contactPoint(), customerId, raw, e164, nationalKey }
  putRow(db, 'contactPoint', row)
  return row
}
/** The hits in order: account number and what they were found by. */
const found = (text: string, limit = 20) =>
  searchCustomers(db, text, limit).map(
    (hit) => `${hit.number} ${hit.foundBy}${hit.found === null ? '' : ` ${hit.found}`}`,
  )
const accounts = (text: string, limit = 20) => searchCustomers(db, text, limit).map((hit) => hit.number)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-search-'))
  db = openCache(join(folder, 'cache.db'), randomBytes(32).toString('hex'))
  // Customers with the given name are stored first, so that the order of writing does not help.
  person('K-01', 'Chen Li', '陈丽', 'Chen')
  person('K-02', 'Zhang Lin', '张林', 'Zhang')
  person('K-03', 'Wang Xiaoli', '王小李', 'Wang')
  person('K-04', 'Lin Fang', '林芳', 'Lin')
  person('K-05', 'Li Wei', '李伟', 'Li')
  person('K-06', 'Li Na', '李娜', 'Li', { tier: 'top' })
  person('K-07', 'Zhang Weiqiang', '张伟强', 'Zhang', { tier: 'top' })
  person('K-08', 'Zhang Wei', '张伟', 'Zhang')
  person('K-09', 'Ouyang Na', '欧阳娜', 'Ouyang')
  person('K-10', 'Anna Müller', null, 'Müller')
  person('K-11', 'Miller Jones', null, 'Jones')
  person('K-12', 'Peter Anders', null, null)
  const company = person('K-20', 'Shenzhen Liwei Precision Co., Ltd.', '深圳立伟精密有限公司', null, {
    kind: 'organisation',
  })
  person('K-21', 'Zhou Min', '周敏', 'Zhou', { organisationId: company.id })
  person('K-70', 'Dang Van Duc', 'Đặng Văn Đức', 'Đặng')
  person('K-71', 'Johann Strauß', null, 'Strauß', { city: 'Wien' })
  person('K-72', 'Lü Nüying', '吕女英', 'Lü')
  person('K-73', 'Lee Tak-wai', '李德偉', 'Lee', { city: '香港' })
  person('K-74', 'Amy Johnson', null, 'Johnson', { city: 'London' })
  person('K-75', 'Bob Johnson', null, 'Johnson', { city: 'New York' })
  person('K-76', 'Zhao Lei', '赵磊', 'Zhao', { city: '上海' })
  const opera = person('K-77', 'Aurora Optics Ltd', null, null, { kind: 'organisation', city: 'Leeds' })
  person('K-78', 'Carl Johnson', null, 'Johnson', { organisationId: opera.id, city: 'Leeds' })
  person('K-79', 'Mr Price Stores', null, null, { kind: 'organisation' })
  const hongkong = person('K-80', 'Hung Fat Trading', '鴻發國際貿易有限公司', null, { kind: 'organisation' })
  person('K-81', 'Ho Siu-ming', '何小明', 'Ho', { organisationId: hongkong.id })
  const wei = person('K-30', 'Sun Tao', '孙涛', 'Sun')
  phone(wei.id, '138 0013 8000', '+8613800138000', 'CN:13800138000')
  const berlin = person('K-31', 'Jonas Weber', null, 'Weber')
  phone(berlin.id, '030 901820', '+4930901820', 'DE:30901820')
  const odd = person('K-32', 'Uwe Klein', null, 'Klein')
  phone(odd.id, 'house 4477-11', null, null)
  const prefix = person('K-33', 'Eva Roux', null, 'Roux')
  phone(prefix.id, '+33 8000 12345', '+33800012345', 'FR:800012345')
  const buyer = person('K-40', 'Mia King', null, 'King')
  const of = { customerId: buyer.id }
  putRow(db, 'order', { ...entityExamples.order(), ...of, number: 'O-2024-00123' })
  putRow(db, 'invoice', { ...entityExamples.invoice(), ...of, number: 'I-77001' })
  putRow(db, 'quote', { ...entityExamples.quote(), ...of, number: 'Q-1234' })
  putRow(db, 'complaint', { ...entityExamples.complaint(), ...of, number: 'C-5678' })
  putRow(db, 'shipment', { ...entityExamples.shipment(), ...of, trackingNumber: 'SF1234567890' })
})

afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a search for a name', () => {
  it('shows a family name that fits before a given name that fits', () => {
    expect(accounts('li').slice(0, 2).toSorted()).toEqual(['K-05', 'K-06'])
    expect(accounts('li')).toContain('K-01')
    expect(accounts('li').indexOf('K-04')).toBeLessThan(accounts('li').indexOf('K-02'))
    expect(accounts('李').slice(0, 2).toSorted()).toEqual(['K-05', 'K-06'])
    expect(accounts('李')).toContain('K-03')
    expect(accounts('mül')[0]).toBe('K-10')
    expect(accounts('anders')).toEqual(['K-12'])
  })

  it('shows the better customer first where several fit equally well', () => {
    expect(accounts('li').slice(0, 2)).toEqual(['K-06', 'K-05'])
  })

  it('shows a name that fits as a whole before a longer one', () => {
    expect(accounts('张伟')).toEqual(['K-08', 'K-07'])
    expect(accounts('zhangwei')).toEqual(['K-08', 'K-07'])
    expect(accounts('zhang wei').slice(0, 2)).toEqual(['K-08', 'K-07'])
    expect(accounts('zw')[0]).toBe('K-08')
  })

  it('finds the name in every way that people type it', () => {
    for (const text of [
      '欧阳娜',
      '欧阳',
      'ouyang',
      'ouyangna',
      'oyn',
      'OUYANG NA',
      'ou yang na',
      'na ouyang',
      'Ｏｕｙａｎｇ',
    ])
      expect([text, ...accounts(text)]).toContain('K-09')
    for (const text of ['anna müller', 'muller anna', 'MULLER', 'an mul'])
      expect([text, ...accounts(text)]).toContain('K-10')
  })

  it('finds a Chinese name by any mix of whole syllables and initials in their order', () => {
    const zheng = person('K-60', 'Zheng Mingrui', '郑明瑞', 'Zheng')
    for (const text of [
      'zhengmr',
      'zhengm',
      'zhengmrui',
      'zmingr',
      'zmingrui',
      'zmrui',
      'zmru',
      'ZhengMR',
      'zheng mr',
      'zmr',
      'zhengmingr',
    ])
      expect([text, ...accounts(text)]).toEqual([text, 'K-60'])
    for (const text of ['lwei', 'liw', 'li w']) expect([text, ...accounts(text)]).toContain('K-05')
    expect(found('zhengmr')).toEqual(['K-60 pinyin'])
    expect(found('ouyn')).toEqual(['K-09 pinyin'])
    for (const text of ['zhengrm', 'mrzheng', 'zhengmrr', 'zhengmruia', 'lwein', 'weil'])
      expect([text, ...accounts(text)]).toEqual([text])
    removeRow(db, 'customer', zheng.id)
  })

  it('finds an organisation and its people, in either script', () => {
    expect(found('立伟')).toEqual(['K-20 nativeName', 'K-21 organisation Shenzhen Liwei Precision Co., Ltd.'])
    expect(accounts('precision')).toEqual(['K-20', 'K-21'])
    expect(accounts('shenzhen liw')).toEqual(['K-20', 'K-21'])
  })

  it('does not find a customer by an old name any more', () => {
    const row = person('K-50', 'Old Name', '旧名', 'Name')
    putRow(db, 'customer', { ...row, displayName: 'Fresh Start', nativeName: '新名', familyName: 'Start' })
    for (const text of ['old', '旧名', 'jiuming']) expect(accounts(text)).toEqual([])
    expect(accounts('start')).toEqual(['K-50'])
    expect(accounts('新名')).toEqual(['K-50'])
    removeRow(db, 'customer', row.id)
    expect(accounts('start')).toEqual([])
  })
})

describe('a name is found as people in other countries type it', () => {
  it.each([
    ['dang van duc', 'K-70'],
    ['dang', 'K-70'],
    ['duc dang', 'K-70'],
    ['Đặng Văn Đức', 'K-70'],
    ['đức', 'K-70'],
    ['DANG VAN DUC', 'K-70'],
    ['strauss', 'K-71'],
    ['STRAUSS', 'K-71'],
    ['strauß', 'K-71'],
    ['johann strau', 'K-71'],
    ['mueller', 'K-10'],
    ['muller', 'K-10'],
    ['müller', 'K-10'],
    ['anna mueller', 'K-10'],
    ['lyu', 'K-72'],
    ['lv', 'K-72'],
    ['lü', 'K-72'],
    ['lu', 'K-72'],
    ['lvnvying', 'K-72'],
    ['lyunyuying', 'K-72'],
    ['lünüying', 'K-72'],
    ['lü nü ying', 'K-72'],
    ['lv nv', 'K-72'],
    ['nv', 'K-72'],
    ['nü', 'K-72'],
    ['lyuny', 'K-72'],
    ['lvny', 'K-72'],
    ['lny', 'K-72'],
    ['呂女英', 'K-72'],
    ['李德伟', 'K-73'],
    ['李德偉', 'K-73'],
    ['德伟', 'K-73'],
    ['李偉', 'K-05'],
    ['李伟', 'K-05'],
    ['张偉强', 'K-07'],
    ['張偉強', 'K-07'],
    ['歐陽娜', 'K-09'],
    ['鸿发国际', 'K-80'],
    ['鴻發', 'K-80'],
    ['李伟先生', 'K-05'],
    ['李偉先生', 'K-05'],
    ['李伟 先生', 'K-05'],
    ['李先生', 'K-05'],
    ['李女士', 'K-06'],
    ['欧阳小姐', 'K-09'],
    ['李总', 'K-05'],
    ['Mr. Johnson', 'K-74'],
    ['Mrs Johnson', 'K-74'],
    ['Frau Müller', 'K-10'],
    ['Frau Dr. Müller', 'K-10'],
    ['Herr Strauß', 'K-71'],
    ['Miss Li', 'K-06'],
    ['Mr Price', 'K-79'],
  ])('%s', (text, account) => {
    expect(accounts(text)).toContain(account)
  })

  it('and names that only look alike are not found', () => {
    expect(accounts('strasse')).toEqual([])
    expect(accounts('李偉國')).toEqual([])
    expect(accounts('先生')).toEqual([])
  })
})

describe('a search for words of different fields', () => {
  it.each([
    ['johnson london', ['K-74']],
    ['london johnson', ['K-74']],
    ['amy johnson london', ['K-74']],
    ['johnson lond', ['K-74']],
    ['johnson new york', ['K-75']],
    ['new york johnson', ['K-75']],
    ['bob york', ['K-75']],
    ['strauss wien', ['K-71']],
    ['赵磊 上海', ['K-76']],
    ['上海 赵磊', ['K-76']],
    ['zhao shanghai', ['K-76']],
    ['赵 shanghai', ['K-76']],
    ['赵磊上海', []],
    ['李德伟 香港', ['K-73']],
    ['Mr. Johnson London', ['K-74']],
    ['赵先生 上海', ['K-76']],
    ['johnson aurora', ['K-78']],
    ['aurora johnson', ['K-78']],
    ['carl johnson aurora optics', ['K-78']],
    ['johnson leeds', ['K-78']],
    ['何小明 鸿发', ['K-81']],
    ['何小明 鴻發國際', ['K-81']],
    ['siu hung fat', ['K-81']],
    ['johnson paris', []],
    ['smith london', []],
  ] as const)('%s', (text, expected) => {
    expect(accounts(text)).toEqual(expected)
  })

  it('a town alone finds nobody, because it is no name', () => {
    expect(accounts('london')).toEqual([])
    expect(accounts('上海')).toEqual([])
  })

  it('the search follows a town that is changed', () => {
    const row = person('K-90', 'Dora Fink', null, 'Fink', { city: 'Bonn' })
    expect(accounts('fink bonn')).toEqual(['K-90'])
    putRow(db, 'customer', { ...row, city: 'Trier' })
    expect([accounts('fink bonn'), accounts('fink trier')]).toEqual([[], ['K-90']])
    removeRow(db, 'customer', row.id)
  })
})

describe('a search for a piece of a telephone number', () => {
  it('finds the number by its beginning, its end and its middle, and says which number it was', () => {
    for (const text of [
      '138 0013',
      '+86 138',
      '0086138',
      '8613800',
      '8000',
      '38000',
      '0013',
      '0138',
      '13800138000',
      '138-0013-8000',
      '013800138000',
    ]) {
      expect([text, ...found(text)]).toContain('K-30 phone +8613800138000')
    }
    expect(found('9018')).toEqual(['K-31 phone +4930901820'])
    expect(found('447711')).toEqual(['K-32 phone house 4477-11'])
  })

  it('shows the last four digits before four in other places', () => {
    expect(accounts('8000').slice(0, 2)).toEqual(['K-30', 'K-33'])
  })

  it('shows the one number that holds the digits in its middle before the many that begin or end with them', () => {
    const many = Array.from({ length: 30 }, (_, n) => person(`M-${n}`, `Many ${n}`, null, 'Many'))
    for (const [n, { id }] of many.entries())
      phone(
        id,
        n % 2 ? `+4966${n}77${n}5123` : `+51239${n}44${n}`,
        n % 2 ? `+4966${n}77${n}5123` : `+51239${n}44${n}`,
        null,
      )
    const one = person('K-61', 'Ida Moll', null, 'Moll')
    phone(one.id, '+39 06 5123 8', '+390651238', 'IT:0651238')
    expect(accounts('5123').indexOf('K-61')).toBeGreaterThan(0)
    expect(accounts('5123').indexOf('K-61')).toBeLessThan(10)
    expect(accounts('51238')).toEqual(['K-61'])
    for (const { id } of [...many, one]) removeRow(db, 'customer', id)
  })

  it('finds nothing by digits that are not next to each other in the number', () => {
    expect(found('130080')).toEqual([])
    expect(found('138138')).toEqual([])
  })

  it('follows the number when it is changed or taken away', () => {
    const owner = person('K-51', 'Ina Wolf', null, 'Wolf')
    const point = phone(owner.id, '+49 171 5554433', '+491715554433', 'DE:1715554433')
    expect(accounts('5544')).toEqual(['K-51'])
    putRow(db, 'contactPoint', {
      ...point,
      raw: '+49 171 6667788',
      e164: '+491716667788',
      nationalKey: 'DE:1716667788',
    })
    expect(accounts('5544')).toEqual([])
    expect(accounts('6677')).toEqual(['K-51'])
    removeRow(db, 'contactPoint', point.id)
    expect(accounts('6677')).toEqual([])
    removeRow(db, 'customer', owner.id)
  })
})

describe('a search for a number on a document', () => {
  it.each([
    ['O-2024-00123', 'order'],
    ['o-2024', 'order'],
    ['I-77001', 'invoice'],
    ['q-1234', 'quote'],
    ['C-5678', 'complaint'],
    ['SF1234567890', 'tracking'],
    ['sf12345', 'tracking'],
    ['SF 1234 567', 'tracking'],
  ])('finds %s as %s', (text, foundBy) => {
    expect(searchCustomers(db, text, 5).map((hit) => [hit.number, hit.foundBy])).toEqual([['K-40', foundBy]])
  })

  it('finds an account by its number, the exact number before longer ones', () => {
    expect(accounts('k-3')).toEqual(['K-30', 'K-31', 'K-32', 'K-33'])
    expect(found('K-05')).toEqual(['K-05 account K-05'])
  })
})

it('text that looks like the query language of the index is only text', () => {
  for (const text of ['"', "'", '*', 'OR', 'li AND', 'NEAR(li', 'names:li', '^li', '()', '   ', '-', '%', 'li"*'])
    expect(() => searchCustomers(db, text, 5)).not.toThrow()
})
