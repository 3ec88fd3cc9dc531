import { expect, it } from 'vitest'
import { keepRunning } from '../../../launch/keep-running.ts'

/** A process that ends as these say, one after the other, and runs on after that. */
function ends(...codes: (number | 'SIGKILL')[]) {
  const said: string[] = []
  let launches = 0
  let stopping = false
  const kept = (wasUp: boolean) => keepRunning({
    name: 'The server', meanwhile: 'the desk goes on.', wasUp: () => wasUp, isStopping: () => stopping, say: (line) => said.push(line), wait: async () => undefined,
    launch: () => {
      const end = codes[launches]
      launches += 1
      return { child: { signalCode: typeof end === 'string' ? end : null } as never, ended: end === undefined ? new Promise(() => undefined) : Promise.resolve(typeof end === 'string' ? 1 : end) }
    },
  })
  return { kept, said, launches: () => launches, stop: () => { stopping = true } }
}

it('what dies is started again, and the line says how it died and what goes on', async () => {
  const server = ends('SIGKILL', 0)
  expect(await server.kept(true)).toBe('told')
  expect(server.launches()).toBe(2)
  expect(server.said).toEqual(['The server has ended unexpectedly (by SIGKILL). It starts again; the desk goes on.'])
})

it('what dies again and again is given up', async () => {
  const server = ends(1, 1, 134, 1, 0)
  expect(await server.kept(true)).toBe('given up')
  expect(server.launches()).toBe(4)
  expect(server.said.at(-1)).toContain('4 times within ten minutes, and is not started again')
})

it('what could not start said why itself, and is not tried again', async () => {
  const server = ends(1, 0)
  expect(await server.kept(false)).toBe('failed')
  expect(server.launches()).toBe(1)
  expect(server.said).toEqual([])
})

it('what ends while everything ends is not started again', async () => {
  const server = ends('SIGKILL', 0)
  server.stop()
  expect(await server.kept(true)).toBe('told')
  expect(server.launches()).toBe(1)
})
