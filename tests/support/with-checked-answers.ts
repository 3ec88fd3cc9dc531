import { isDeepStrictEqual } from 'node:util'
import type { Dispatcher } from '../../main/ipc/dispatcher.ts'
import { checkedAction, checkedRun, checkedEvent, checkedQuery } from '../../renderer/bridge/checked.ts'
import type { Result } from '../../protocol/errors.ts'

/**
 * The dispatcher as screens use it behind their bridge: an answer that does not fit the contract fails the test that
 * asked.
 */
export function withCheckedAnswers(dispatcher: Dispatcher): Dispatcher {
  const same = (given: unknown, checked: unknown, name: string): void => {
    if (!isDeepStrictEqual(given, checked)) throw new Error(`What ${name} gives out does not fit the contract.`)
  }
  const held = async (
    name: string,
    asked: Promise<Result<unknown>>,
    check: (result: Result<unknown>) => Result<unknown>,
  ): Promise<Result<unknown>> => {
    const given = await asked
    if (given.ok) same(given, check(given), name)
    return given
  }
  return {
    watch: (name, args, listener) =>
      dispatcher.watch(name, args, (result) => {
        if (result.ok) same(result, checkedQuery(name as never, result), name)
        listener(result)
      }),
    act: (name, args) => held(name, dispatcher.act(name, args), (result) => checkedAction(name as never, result)),
    run: (name, args) => held(name, dispatcher.run(name, args), (result) => checkedRun(name as never, result)),
    on: (listener) =>
      dispatcher.on((name, payload) => {
        same(payload, checkedEvent(name, payload), name)
        listener(name, payload)
      }),
  }
}
