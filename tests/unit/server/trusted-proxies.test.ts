import { describe, expect, test } from 'vitest'
import { StartError } from '../../../server/db/start-error.ts'
import { addressGroup, clientAddress, trustedProxies } from '../../../server/http/trusted-proxies.ts'

describe('which proxies are trusted', () => {
  test.each([
    [undefined, ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'], ['10.0.0.1', '192.168.1.1', '2001:db8::1', '']],
    ['none', [], ['127.0.0.1', '::1']],
    ['', [], ['127.0.0.1']],
    ['10.0.0.5, 10.1.0.0/16', ['10.0.0.5', '10.1.255.255', '::ffff:10.1.0.1'], ['10.0.0.6', '127.0.0.1']],
    ['loopback,2001:db8::/32', ['127.0.0.1', '2001:db8:1::9'], ['2001:db9::1']],
  ])('with TRUSTED_PROXIES=%s', (setting, yes, no) => {
    const isTrusted = trustedProxies(setting)
    expect(yes.map(isTrusted)).toEqual(yes.map(() => true))
    expect(no.map(isTrusted)).toEqual(no.map(() => false))
  })

  test.each(['example.com', '10.0.0.0/33', '10.0.0.0/', '10.0.0', '::1/129', 'true', '*'])(
    '%s is no proxy, and the server says so at its start',
    (setting) => {
      expect(() => trustedProxies(setting)).toThrow(StartError)
    },
  )
})

describe('which address counts', () => {
  const isTrusted = trustedProxies('loopback,10.0.0.0/8')
  test.each([
    ['nobody before it', '203.0.113.9', undefined, '203.0.113.9'],
    ['a stranger who says they are somebody else', '203.0.113.9', '127.0.0.1', '203.0.113.9'],
    ['a proxy of ours', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['two proxies of ours', '127.0.0.1', '203.0.113.9, 10.1.1.1', '203.0.113.9'],
    [
      'a proxy of ours, and a client that wrote a list of its own',
      '127.0.0.1',
      '198.51.100.7, 203.0.113.9',
      '203.0.113.9',
    ],
    ['a proxy of ours that says nothing', '127.0.0.1', undefined, '127.0.0.1'],
    ['a proxy of ours that says nonsense', '127.0.0.1', 'unknown', '127.0.0.1'],
    ['an address in the other notation', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
  ])('with %s', (_what, socket, forwarded, expected) => {
    expect(clientAddress(socket, forwarded, isTrusted)).toBe(expected)
  })
})

test('addresses that one client can choose freely count as one', () => {
  expect(['2001:db8:1:2::1', '2001:0db8:0001:0002:ffff::9', '2001:db8:1:2:3:4:5:6'].map(addressGroup)).toEqual(
    Array.from({ length: 3 }, () => '2001:db8:1:2::/64'),
  )
  expect(['2001:db8:1:3::1', '::1', '203.0.113.9', '::ffff:203.0.113.9'].map(addressGroup)).toEqual([
    '2001:db8:1:3::/64',
    '0:0:0:0::/64',
    '203.0.113.9',
    '203.0.113.9',
  ])
})
