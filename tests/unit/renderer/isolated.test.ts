import { expect, test } from 'vitest'
import { partyName } from '../../../renderer/i18n/formats.ts'
import { isolated } from '../../../renderer/i18n/isolated.ts'
import { bothNames, shortName } from '../../../renderer/parts/record/customer-name.ts'
import { personName } from '../../../renderer/parts/record/people.ts'

const arabic = 'محمد علي'
const hebrew = 'דוד כהן'
const alone = (name: string) => `\u2068${name}\u2069`

test.each([[arabic], [hebrew], ['ܐܒܪܗܡ'], ['އަހުމަދު'], ['Ali محمد'], ['محمد (VIP)']])(
  '%s is isolated in a line',
  (name) => {
    expect(isolated(name)).toBe(alone(name))
  },
)

test.each([['Li Wei'], ['李伟'], ['Đặng Văn Đức'], ['Иван'], ['']])('%s needs no isolation', (name) => {
  expect(isolated(name)).toBe(name)
})

test('marks in a name neither change the line’s direction nor end the isolation', () => {
  expect(isolated('\u202eieW iL')).toBe('ieW iL')
  expect(isolated(`${arabic}\u2069\u202e`)).toBe(alone(arabic))
})

test('every function that prepares a name for a line isolates it, each name separately', () => {
  const names = { displayName: 'Mohammed Ali', nativeName: arabic }
  expect(bothNames(names, 'en')).toBe(`Mohammed Ali ${alone(arabic)}`)
  expect(bothNames(names, 'zh')).toBe(`${alone(arabic)} Mohammed Ali`)
  expect(shortName(names, 'zh')).toBe(alone(arabic))
  expect(shortName({ displayName: hebrew, nativeName: null }, 'en')).toBe(alone(hebrew))
  expect(personName([{ userId: 'u', ...names } as Parameters<typeof personName>[0][number]], 'u', 'zh')).toBe(
    alone(arabic),
  )
  expect(partyName({ kind: 'number', raw: '13800138000', name: arabic })).toBe(alone(arabic))
})
