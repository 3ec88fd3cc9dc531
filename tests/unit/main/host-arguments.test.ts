import { describe, expect, test } from 'vitest'
import { readHostArguments, readShellArguments } from '../../../main/host/host-arguments.ts'

const environment = { RINGSIDE_SERVER: 'https://ours.example', RINGSIDE_DATA: '/ours', RINGSIDE_PASSWORD: 'secret' }
const host = (...argv: string[]) => readHostArguments(argv, environment, { rendererFolder: '/screens' })
const shell = (...argv: string[]) => readShellArguments(argv, environment)

const LINK = 'ringside://call?number=13800138000'
const options = ['--server', 'https://evil.example', '--data', '/evil', '--sign-in', 'wang', '--ready']

describe('a start with a link ignores all options', () => {
  test.each([
    ['behind it', [LINK, ...options]],
    ['before it', [...options, LINK]],
    ['behind it, as one word each', [LINK, '--server=https://evil.example', '--data=/evil', '--ready']],
    ['behind two dashes', ['--', LINK, ...options]],
    ['with another case of the scheme', ['RINGSIDE://call?number=1', ...options]],
    ['with options that nobody knows', [LINK, '--renderer', '/evil', '--port', '80', '--nonsense']],
    ['with a call and another window', [LINK, '--call', '13900139000', '--open']],
  ])('%s', (_, argv) => {
    expect(host(...argv)).toMatchObject({
      serverUrl: 'https://ours.example',
      dataFolder: '/ours',
      rendererFolder: '/screens',
      port: null,
      signIn: null,
      ready: false,
      open: false,
    })
    expect(host(...argv).rest).toEqual([argv.find((argument) => /^ringside:/i.test(argument))])
    expect(shell(...argv)).toEqual({
      serverUrl: 'https://ours.example',
      dataFolder: '/ours',
      signIn: null,
      ready: false,
    })
  })

  test('a start without a link uses its options', () => {
    expect(host(...options, '--call', '13900139000')).toMatchObject({
      serverUrl: 'https://evil.example',
      dataFolder: '/evil',
      signIn: { login: 'wang', password: 'secret' },
      ready: true,
      rest: ['--call', '13900139000'],
    })
    expect(shell(...options)).toMatchObject({ serverUrl: 'https://evil.example', dataFolder: '/evil', ready: true })
  })
})
