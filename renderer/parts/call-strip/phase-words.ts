import type { AgentCall } from '../../../protocol/calls.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { personName } from '../record/people.ts'

/** When the shown time of a call began: talk time counts from the answer and includes holds. */
export const phaseSince = ({ phase, phaseAt, offeredAt, answeredAt }: AgentCall): number | null => {
  switch (phase) {
    case 'ringing':
      return phaseAt ?? offeredAt
    case 'dialing':
      return offeredAt
    case 'talking':
      return answeredAt ?? offeredAt
    case 'held':
      return phaseAt
    case 'ended':
      return null
    default:
      return phase satisfies never
  }
}

/** Returns the words for a call's phase, also to whom it was given and from whom it came back. */
export function usePhaseWords(): { phase: (call: AgentCall) => string; back: (call: AgentCall) => string } {
  const { say, language } = useWords()
  const colleagues = useWatch('colleagues', {}).value ?? []
  const nameOf = ({ userId, extension }: NonNullable<AgentCall['givenTo']>): string =>
    (userId === null ? '' : personName(colleagues, userId, language)) ||
    say('call/transferTo/extension', { number: extension })
  return {
    phase: (call) => {
      const { givenTo, phase } = call
      if (phase === 'ended' && givenTo?.state === 'ringing') return say('call/given/ringing', { name: nameOf(givenTo) })
      if (phase === 'ended' && givenTo?.state === 'answered')
        return say('call/given/answered', { name: nameOf(givenTo) })
      if (phase === 'ended' && givenTo?.state === 'gone') return say('call/given/gone', { name: nameOf(givenTo) })
      return say(`call/phase/${phase}`)
    },
    back: ({ givenTo }) =>
      givenTo?.state === 'back'
        ? say('call/given/back', { name: nameOf(givenTo), why: say(`call/given/why/${givenTo.why ?? 'notAnswered'}`) })
        : '',
  }
}
