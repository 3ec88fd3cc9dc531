import { describe, expect, test } from 'vitest'
import {
  editBegun,
  editCommands,
  editConflicts,
  editOf,
  editProblem,
  type Edit,
} from '../../../domain/customer-edit.ts'
import { typedBirthday } from '../../../domain/typed-birthday.ts'
import { commands } from '../../../protocol/commands.ts'
import type { Customer } from '../../../protocol/entities.ts'

const customer = {
  id: '0198a000-0000-7000-8000-000000000001',
  displayName: 'Li Wei',
  nativeName: '李伟',
  city: 'Shenzhen',
  birthday: null,
  remark: null,
} as unknown as Customer
const edit = (typed: Partial<Edit> = {}): Edit => ({
  open: true,
  was: editOf(customer),
  ...editOf(customer),
  phone: '',
  label: 'mobile',
  ...typed,
})

test.each([
  ['1980-03-12', '1980-03-12'],
  ['1980/3/2', '1980-03-02'],
  ['1980.3.12', '1980-03-12'],
  ['1980年3月12日', '1980-03-12'],
  ['１９８０-０３-１２', '1980-03-12'],
  ['3-12', '--03-12'],
  ['--03-12', '--03-12'],
  ['3月12日', '--03-12'],
  ['2-29', '--02-29'],
  ['2000-02-29', '2000-02-29'],
  ['2-31', null],
  ['1981-02-29', null],
  ['12 March', null],
  ['1980', null],
  ['', null],
])('a birthday typed as %s is %s', (typed, day) => {
  expect(typedBirthday(typed)).toBe(day)
})

describe('a changed field', () => {
  test('is a command of its own with the earlier value, and an untouched field makes no command', () => {
    const made = editCommands(customer.id, edit({ city: ' Guangzhou ', nativeName: '', birthday: '1980年3月12日' }))
    expect(made).toEqual([
      { customerId: customer.id, was: { nativeName: '李伟' }, now: { nativeName: null } },
      { customerId: customer.id, was: { city: 'Shenzhen' }, now: { city: 'Guangzhou' } },
      { customerId: customer.id, was: { birthday: null }, now: { birthday: '1980-03-12' } },
    ])
    for (const args of made) expect(commands['customer.change'].args.safeParse(args).success).toBe(true)
    expect(editCommands(customer.id, edit({ city: ' Shenzhen ' }))).toEqual([])
  })

  test('conflicts only where a colleague changed it too, to another value', () => {
    const theirs = { ...customer, city: 'Wuhan' }
    expect(editConflicts(edit({ city: 'Guangzhou' }), theirs)).toEqual(['city'])
    expect(editConflicts(edit({ city: 'Wuhan' }), theirs)).toEqual([])
    expect(editConflicts(edit({ remark: 'likes tea' }), theirs)).toEqual([])
  })

  test.each([
    ['displayName', '   ', 'NAME_MISSING'],
    ['displayName', 'Li\u0007Wei', 'BAD_ARGUMENT'],
    ['nativeName', '李\u202e伟', 'BAD_ARGUMENT'],
    ['city', 'Shen\nzhen', 'BAD_ARGUMENT'],
    ['city', 'x'.repeat(301), 'TEXT_TOO_LONG'],
    ['birthday', '31 February', 'BAD_ARGUMENT'],
    ['birthday', '1981-02-29', 'BAD_ARGUMENT'],
    ['remark', 'a\u0000b', 'BAD_ARGUMENT'],
    ['remark', 'two\nlines\tand a tab', null],
    ['nativeName', '', null],
    ['displayName', 'محمد', null],
  ] as const)('%s %j is refused with %s', (field, typed, code) => {
    expect(editProblem(field, typed)?.code ?? null).toBe(code)
  })
})

test('a form that is only open does not count as begun; with a number in it it does', () => {
  expect(editBegun({ edit: null })).toBe(false)
  expect(editBegun({ edit: edit() })).toBe(false)
  expect(editBegun({ edit: edit({ phone: '138 0013 8000' }) })).toBe(true)
  expect(editBegun({ edit: edit({ remark: 'likes tea' }) })).toBe(true)
})
