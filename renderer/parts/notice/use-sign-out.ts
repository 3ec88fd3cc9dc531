import { useCallback } from 'react'
import { useStores } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useTell } from './notice-context.ts'
import { useAct } from './use-act.ts'

/** Signs the user out as soon as everything they typed is on disk under their name. */
export function useSignOut(): () => Promise<void> {
  const { drafts } = useStores()
  const act = useAct()
  const tell = useTell()
  const { say } = useWords()
  return useCallback(async () => {
    if (await drafts.flushAll()) await act('session.signOut', {})
    else tell(say('shell/signOutUnsaved'), 'problem')
  }, [drafts, act, tell, say])
}
