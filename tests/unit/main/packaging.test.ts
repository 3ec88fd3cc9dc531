import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { missingForRelease } from '../../../main/packaging/signing.ts'
import { icns, ico } from '../../../main/packaging/icon-files.ts'

const builder = readFileSync('electron-builder.yml', 'utf8')
const lock = (
  JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dependencies?: Record<string, string> }>
  }
).packages

/** A package and all packages that it needs, by their folders. */
function needed(name: string, from = '', found = new Set<string>()): Set<string> {
  const places = from
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, parts.length - depth).join('/node_modules/'))
  const place = [...places.filter(Boolean).map((at) => `${at}/node_modules/${name}`), `node_modules/${name}`].find(
    (at) => at in lock,
  )!
  if (found.has(place)) return found
  found.add(place)
  for (const each of Object.keys(lock[place]?.dependencies ?? {})) needed(each, place, found)
  return found
}

describe('a packed program', () => {
  it.each(['electron-updater', 'electron-log', 'uuid', 'socket.io-client', 'opencc-js'])(
    'has %s with everything that it needs',
    (name) => {
      const listed = [...builder.matchAll(/'node_modules\/(?:\{([^}]*)\}|([^/*{']+))\//g)].flatMap(([, several, one]) =>
        (several ?? one ?? '').split(','),
      )
      // Packing moves a package that lies within another one to the top.
      const lacks = [...needed(name)]
        .map((place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))
        .filter((each) => !listed.includes(each.split('/')[0]!))
      expect(lacks).toEqual([])
    },
  )

  it.each([
    ['png', 512],
    ['ico', 256],
    ['icns', 1024],
  ])('has an icon.%s of its own, up to %i dots', (kind, size) => {
    expect(builder).toContain(`icon: icon.${kind}`)
    expect(existsSync(`resources/icon.${kind}`)).toBe(true)
    expect(sizesOf(readFileSync(`resources/icon.${kind}`))).toContain(size)
  })

  it('lists what is missing for signing and updates, and nothing where all is there', () => {
    expect(missingForRelease('linux', {})).toEqual([expect.stringContaining('RINGSIDE_UPDATES')])
    expect(missingForRelease('win32', { RINGSIDE_UPDATES: 'https://u', CSC_LINK: 'x' })).toEqual([
      expect.stringMatching(/^WIN_CSC_KEY_PASSWORD or CSC_KEY_PASSWORD: /),
    ])
    expect(missingForRelease('darwin', {}).map((line) => line.split(':')[0])).toEqual([
      'CSC_LINK',
      'CSC_KEY_PASSWORD',
      'APPLE_ID',
      'APPLE_APP_SPECIFIC_PASSWORD',
      'APPLE_TEAM_ID',
      'RINGSIDE_UPDATES',
    ])
    expect(
      missingForRelease('win32', { RINGSIDE_UPDATES: 'https://u', WIN_CSC_LINK: 'x', WIN_CSC_KEY_PASSWORD: 'y' }),
    ).toEqual([])
  })
})

/** The widths of the PNGs in a file. */
function sizesOf(file: Buffer): number[] {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const sizes: number[] = []
  for (let at = file.indexOf(signature); at >= 0; at = file.indexOf(signature, at + 1))
    sizes.push(file.readUInt32BE(at + 16))
  return sizes
}

test('an icon for Windows and one for macOS say where each of their pictures is and how long it is', () => {
  const pictures = [
    { size: 16, png: Buffer.from('sixteen') },
    { size: 256, png: Buffer.from('two hundred and fifty-six') },
  ]
  const windows = ico(pictures)
  expect([windows.readUInt16LE(4), windows.readUInt8(6), windows.readUInt8(22)]).toEqual([2, 16, 0])
  for (const [n, { png }] of pictures.entries()) {
    const [length, offset] = [windows.readUInt32LE(6 + 16 * n + 8), windows.readUInt32LE(6 + 16 * n + 12)]
    expect(windows.subarray(offset, offset + length).equals(png)).toBe(true)
  }
  const mac = icns(pictures)
  expect([mac.toString('latin1', 0, 4), mac.readUInt32BE(4)]).toEqual(['icns', mac.length])
  expect([mac.toString('latin1', 8, 12), mac.readUInt32BE(12), mac.toString('latin1', 16, 23)]).toEqual([
    'icp4',
    15,
    'sixteen',
  ])
})

test('the scripts run on every system, because they use no words of one shell', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  expect(Object.entries(scripts).filter(([, script]) => /\bexec\b|\$|;|\||'/.test(script))).toEqual([])
})
