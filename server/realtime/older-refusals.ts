import { ok, spelled, type Refusal, type Result } from '../../protocol/errors.ts'

/** An answer for a workstation that does not know reasons by name: their English words in place, in refusals and in outcomes of commands. */
export function withReasonsSpelled(answer: Result<unknown>): Result<unknown> {
  if (!answer.ok) return { ok: false, error: spelled(answer.error) }
  const { value } = answer
  if (typeof value !== 'object' || value === null || !('outcomes' in value)) return answer
  const outcomes = value.outcomes as readonly { readonly outcome: { readonly error?: Refusal; readonly remark?: Refusal } }[]
  return ok({
    ...value,
    outcomes: outcomes.map((one) => ({
      ...one, outcome: { ...one.outcome, ...(one.outcome.error && { error: spelled(one.outcome.error) }), ...(one.outcome.remark && { remark: spelled(one.outcome.remark) }) },
    })),
  })
}
