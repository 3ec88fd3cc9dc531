import { useCallback, useRef } from 'react'
import type { CommandInput, CommandName } from '../../../protocol/commands.ts'
import type { Result } from '../../../protocol/errors.ts'
import type { ActionArgs, ActionName, ActionResult } from '../../../protocol/workstation.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useBridge } from '../../bridge/bridge-context.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useTell } from './notice-context.ts'

/**
 * Does an action of the bridge; where it is refused, shows the reason at the foot of the window. Resolves to the
 * action's result.
 */
export function useAct(): <A extends ActionName>(action: A, args: ActionArgs<A>) => Promise<Result<ActionResult<A>>> {
  const bridge = useBridge()
  const tell = useTell()
  const { refusal } = useWords()
  return useCallback(
    async (action, args) => {
      const result = await bridge.act(action, args)
      if (!result.ok) tell(refusal(result.error), 'problem')
      return result
    },
    [bridge, tell, refusal],
  )
}

/** The command that undoes another one, and the message for when it was done. */
export type UndoCommand = {
  [C in CommandName]: { readonly command: C; readonly args: CommandInput<C>; readonly done: string }
}[CommandName]

/**
 * Runs a command of the record. When it is on disk it shows `done`, with an undo where there is one; otherwise it shows
 * why not. The same command asked for again while it runs is run only once.
 */
export function useRun(): <C extends CommandName>(
  command: C,
  args: CommandInput<C>,
  done: string,
  undo?: UndoCommand,
) => Promise<boolean> {
  const bridge = useBridge()
  const tell = useTell()
  const { refusal, say } = useWords()
  const running = useRef(new Map<string, Promise<boolean>>())
  const link = useWatch('sync.state', {}).value?.link
  // Without the server nobody else has received it yet, so the message says only that it is kept here.
  const keptHere = link !== undefined && link !== 'online'
  return useCallback(
    (command, args, done, undo) => {
      const wish = `${command} ${JSON.stringify(args)}`
      const already = running.current.get(wish)
      if (already) return already
      const takeBack = async (back: UndoCommand): Promise<void> => {
        const result = await bridge.run(back.command, back.args)
        tell(result.ok ? back.done : refusal(result.error), result.ok ? 'done' : 'problem')
      }
      const runOnce = async (): Promise<boolean> => {
        const result = await bridge.run(command, args)
        if (!result.ok) tell(refusal(result.error), 'problem')
        else
          tell(
            keptHere ? say('shell/sync/keptHere') : done,
            'done',
            undo && { label: say('work/undo'), run: () => void takeBack(undo) },
          )
        running.current.delete(wish)
        return result.ok
      }
      const work = runOnce()
      running.current.set(wish, work)
      return work
    },
    [bridge, tell, refusal, say, keptHere],
  )
}
