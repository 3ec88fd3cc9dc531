import { isDamagedCache } from '../../db/open.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { Shown } from '../../db/worker/shown-commands.ts'

/**
 * Wraps the calls of a thread so that `onDamage` is told when one of them meets a damaged cache: a call that failed, or
 * a call whose work is in the journal but could not be shown in the cache.
 */
export function noticingDamage<C>(calls: Remote<C>, onDamage: () => void): Remote<C> {
  const noticed = async (answer: Promise<unknown>): Promise<unknown> => {
    try {
      const value = await answer
      if (isNotShown(value)) onDamage()
      return value
    } catch (error) {
      if (isDamagedCache(error)) onDamage()
      throw error
    }
  }
  return new Proxy(calls, {
    get: (target, name) => {
      const call = target[name as keyof typeof target] as (...args: unknown[]) => Promise<unknown>
      // A file that was just downloaded is no cache yet: the code that downloaded it tries again.
      return name === 'useSnapshot' ? call : (...args: unknown[]) => noticed(call(...args))
    },
  })
}

const isNotShown = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'notShown' in value &&
  (value as Shown).notShown?.code === 'DAMAGED_CACHE'
