import { expect, it } from 'vitest'
import { signInAtStart } from '../../../main/host/sign-in-at-start.ts'

/** The waits between two attempts end at once; the time allowed for the first attempt never ends. */
const soon = (ms: number): Promise<unknown> => (ms < 1000 ? Promise.resolve() : new Promise(() => undefined))

const who = { login: 'wang', password: 'x' }
/** A workstation where nobody is signed in; each attempt gets the next of these answers, 'ok' or a refusal's code. */
function desk(answers: string[], wait: (ms: number) => Promise<unknown> = soon) {
  let signedIn: string | null = null
  let expired = false
  const said: string[] = []
  const background: Promise<void>[] = []
  const core = {
    queries: { session: async () => ({ identity: signedIn === null ? null : { login: signedIn }, expired }) },
    actions: {
      'session.signIn': async () => {
        const code = answers.shift()
        if (code === 'nothing comes back') return new Promise(() => undefined)
        if (code === 'ok') [signedIn, expired] = [who.login, false]
        return code === 'ok' ? { ok: true, value: null } : { ok: false, error: { code, params: {} } }
      },
    },
  }
  const start = () =>
    signInAtStart(
      core as never,
      who,
      (line) => said.push(line),
      (work) => background.push(work),
      wait,
    )
  return {
    start,
    said,
    background,
    who: () => signedIn,
    left: answers,
    personSignsIn: (login: string) => {
      signedIn = login
    },
    expires: (login: string) => {
      ;[signedIn, expired] = [login, true]
    },
  }
}

it('a server that starts at the same time as the workstation is waited for, and nothing is printed about it', async () => {
  const { start, said, background, who: signedIn } = desk(['CENTER_NOT_REACHED', 'CENTER_NOT_REACHED', 'ok'])
  await start()
  expect(signedIn()).toBeNull()
  await Promise.all(background)
  expect(signedIn()).toBe('wang')
  expect(said).toEqual([])
})

it('a refusal is printed once, and the sign-in is not tried again', async () => {
  const { start, said, background, left } = desk(['SIGN_IN_REFUSED', 'ok'])
  await start()
  expect(background).toEqual([])
  expect(said).toHaveLength(1)
  expect(left).toEqual(['ok'])
})

it('a user who signs in by hand meanwhile stays signed in', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { start, background, left, personSignsIn } = desk(['CENTER_NOT_REACHED', 'ok'], (ms) =>
    ms < 1000 ? promise : soon(ms),
  )
  await start()
  personSignsIn('chen')
  resolve()
  await Promise.all(background)
  expect(left).toEqual(['ok'])
})

it('an expired session is signed in again, however late the server starts', async () => {
  const { start, background, left, expires } = desk(['CENTER_NOT_REACHED', 'CENTER_NOT_REACHED', 'ok'])
  expires('wang')
  await start()
  await Promise.all(background)
  expect(left).toEqual([])
})

it('a network that swallows the first attempt does not delay the window', async () => {
  const { start, background, left } = desk(['nothing comes back'], async () => undefined)
  await start()
  expect(background).toHaveLength(1)
  expect(left).toEqual([])
})
