import { expect, test } from 'vitest'
import { createLog } from '../../../main/log.ts'
import { reviveWindow } from '../../../main/windows/revive-window.ts'
import { menuTemplate } from '../../../main/windows/application-menu.ts'
import { mainWindowOptions } from '../../../main/windows/main-window.ts'
import { createElectronFake } from '../../support/electron-fake.ts'

function open() {
  const fake = createElectronFake().newWindow()
  let now = 0
  let givenUp = 0
  const timers: { at: number; run: () => void }[] = []
  reviveWindow(fake.window, {
    clock: {
      now: () => now,
      after: (ms, run) => {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => {
          timers.splice(timers.indexOf(timer), 1)
        }
      },
    },
    log: createLog(
      () => undefined,
      () => now,
    ),
    onGivenUp: () => {
      givenUp += 1
    },
  })
  return {
    ...fake,
    givenUp: () => givenUp,
    pass: (ms: number) => {
      now += ms
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1)
        timer.run()
      }
    },
  }
}
const crashed = { reason: 'crashed', exitCode: 5 } as const

test.each(['crashed', 'killed', 'oom', 'abnormal-exit'] as const)(
  'a page that is gone (%s) is loaded again',
  (reason) => {
    const window = open()
    window.pageGone({ reason, exitCode: 1 })
    expect(window.did).toEqual(['reload'])
  },
)

test('a page that ends with its window is not loaded again', () => {
  const window = open()
  window.pageGone({ reason: 'clean-exit', exitCode: 0 })
  window.close()
  window.pageGone(crashed)
  expect([window.did, window.givenUp()]).toEqual([[], 0])
})

test('a page that crashes again and again is not loaded for ever, and the user is told', () => {
  const window = open()
  for (let n = 0; n < 4; n += 1) {
    window.pageGone(crashed)
    window.pass(1000)
  }
  expect([window.did, window.givenUp()]).toEqual([['reload', 'reload', 'reload'], 1])
})

test('crashes that are far apart do not count together', () => {
  const window = open()
  for (let n = 0; n < 8; n += 1) {
    window.pageGone(crashed)
    window.pass(61_000)
  }
  expect([window.did.length, window.givenUp()]).toEqual([8, 0])
})

test('a page that does not answer is given time, and then loaded again', () => {
  const window = open()
  window.becomes('unresponsive')
  window.pass(10_000)
  window.becomes('responsive')
  window.pass(60_000)
  expect(window.did).toEqual([])
  window.becomes('unresponsive')
  window.pass(21_000)
  expect(window.did).toEqual(['crash'])
  window.pageGone({ reason: 'killed', exitCode: 1 })
  expect(window.did).toEqual(['crash', 'reload'])
})

test('there is no menu where the system needs none, and macOS keeps its edit keys', () => {
  expect([menuTemplate('linux'), menuTemplate('win32')]).toEqual([null, null])
  expect(menuTemplate('darwin')?.map(({ role }) => role)).toEqual(['appMenu', 'editMenu', 'windowMenu'])
})

test('developer tools are there only where they were asked for', () => {
  expect(mainWindowOptions('preload.cjs').webPreferences?.devTools).toBe(false)
  expect(mainWindowOptions('preload.cjs', true).webPreferences?.devTools).toBe(true)
})
