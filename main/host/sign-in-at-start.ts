import { setTimeout as pause } from 'node:timers/promises'
import { sentence } from '../../protocol/errors.ts'
import type { Workstation } from '../workstation.ts'

const AGAIN_MS = 500
const FOR_MS = 60_000
/** A network that drops packets may not answer for a long time: the window does not wait longer than this. */
const FIRST_MS = 2000

/**
 * Signs in the user whom the start names, unless they are signed in already. A server that starts at the same moment
 * may not be there yet: the window opens meanwhile, and `later` goes on trying until it is. A refusal is printed.
 */
export async function signInAtStart(
  core: Pick<Workstation, 'queries' | 'actions'>,
  who: { login: string; password: string },
  say: (line: string) => void,
  later: (work: Promise<void>) => void,
  wait: (ms: number) => Promise<unknown> = pause,
): Promise<void> {
  const { identity, expired } = await core.queries.session({})
  if (identity?.login === who.login && !expired) return
  const attempt = async (): Promise<'done' | 'not reached'> => {
    const signedIn = await core.actions['session.signIn'](who)
    if (!signedIn.ok && signedIn.error.code === 'CENTER_NOT_REACHED') return 'not reached'
    if (!signedIn.ok) say(sentence(signedIn.error))
    return 'done'
  }
  const goOn = async (): Promise<void> => {
    for (let waitedMs = 0; waitedMs < FOR_MS; waitedMs += AGAIN_MS) {
      await wait(AGAIN_MS)
      // Someone may have signed in meanwhile; a sign-in that has expired does not count.
      const now = await core.queries.session({})
      if ((now.identity !== null && !now.expired) || (await attempt()) === 'done') return
    }
    say(sentence({ code: 'CENTER_NOT_REACHED', params: {} }))
  }
  const first = attempt()
  const soFar = await Promise.race([first, wait(FIRST_MS).then(() => 'no answer' as const)])
  if (soFar === 'not reached') later(goOn())
  if (soFar === 'no answer') later(first.then((answer) => (answer === 'not reached' ? goOn() : undefined)))
}
