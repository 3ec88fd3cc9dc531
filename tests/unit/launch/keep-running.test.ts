import { expect, it } from 'vitest'
import { keepRunning } from '../../../launch/keep-running.ts'

/** A process that ends with these codes, one after the other, and then runs on. */
function ends(...codes: (number | 'SIGKILL')[]) {
  const said: string[] = []
  let launches = 0
  let stopping = false
  const kept = (wasUp: boolean, whileWaiting = () => {}) =>
    keepRunning({
      name: 'The server',
      meanwhile: 'the desk goes on.',
      wasUp: () => wasUp,
      isStopping: () => stopping,
      say: (line) => said.push(line),
      wait: async () => whileWaiting(),
      launch: () => {
        const end = codes[launches]
        launches += 1
        return {
          child: { signalCode: typeof end === 'string' ? end : null } as never,
          ended: end === undefined ? new Promise(() => undefined) : Promise.resolve(typeof end === 'string' ? 1 : end),
        }
      },
    })
  return {
    kept,
    said,
    launches: () => launches,
    stop: () => {
      stopping = true
    },
  }
}

it('a process that dies is started again, and the line says how it died and what goes on', async () => {
  const server = ends('SIGKILL', 0)
  expect(await server.kept(true)).toBe('told')
  expect(server.launches()).toBe(2)
  expect(server.said).toEqual(['The server has ended unexpectedly (by SIGKILL). It starts again; the desk goes on.'])
})

it('a process that dies again and again is started after growing pauses, and is never given up', async () => {
  const server = ends(1, 1, 134, 'SIGKILL', 1, 1, 1, 1, 0)
  expect(await server.kept(true)).toBe('told')
  expect(server.launches()).toBe(9)
  expect(server.said.slice(3)).toEqual(
    [4, 5, 6, 7, 8].map((often, n) =>
      expect.stringMatching(
        new RegExp(
          `^The server has ended ${often} times within ten minutes, now ${n === 0 ? 'by SIGKILL' : 'with code 1'}\\..* It starts again in ${[10, 20, 40, 60, 60][n]} s; the desk goes on\\.$`,
        ),
      ),
    ),
  )
})

it('a process that waits for its next start ends at once when everything ends', async () => {
  const server = ends(1, 1, 1, 1, 0)
  const kept = server.kept(true, () => {
    if (server.said.length === 4) server.stop()
  })
  expect(await kept).toBe('told')
  expect(server.launches()).toBe(4)
})

it('a process that could not start says why itself, and is not tried again', async () => {
  const server = ends(1, 0)
  expect(await server.kept(false)).toBe('failed')
  expect(server.launches()).toBe(1)
  expect(server.said).toEqual([])
})

it('a process that ends while everything ends is not started again', async () => {
  const server = ends('SIGKILL', 0)
  server.stop()
  expect(await server.kept(true)).toBe('told')
  expect(server.launches()).toBe(1)
})
