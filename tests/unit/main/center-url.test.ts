import { expect, test } from 'vitest'
import { centerUrl } from '../../../main/link/center-url.ts'

test('plain HTTP is allowed only to this machine, unless the site says that its network is closed', () => {
  expect(centerUrl('http://127.0.0.1:4620', {})).toBe('http://127.0.0.1:4620')
  expect(centerUrl('http://localhost:4620/', {})).toBe('http://localhost:4620')
  expect(centerUrl('https://center.example', {})).toBe('https://center.example')
  expect(() => centerUrl('http://center.example', {})).toThrow(/https:/)
  expect(() => centerUrl('http://127.0.0.1.evil.example', {})).toThrow(/https:/)
  expect(centerUrl('http://center.example', { RINGSIDE_PLAIN_HTTP: '1' })).toBe('http://center.example')
})

test.each([undefined, '', 'center', 'ftp://center', 'javascript:alert(1)'])('%s is no server address', (given) => {
  expect(() => centerUrl(given, {})).toThrow('Say which server')
})
