import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ok, refuse, type Result } from '../../../protocol/errors.ts'
import { createOpenQuestions } from '../../../server/calls/open-questions.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Asks, and records the ids and the results. */
function asked(count: number) {
  const questions = createOpenQuestions<number>(3_000)
  const ids: string[] = []
  const came: Result<number>[] = []
  for (let one = 0; one < count; one += 1)
    void questions
      .ask((id) => {
        ids.push(id)
      })
      .then((result) => came.push(result))
  return { questions, ids, came, settle: () => vi.advanceTimersByTimeAsync(0) }
}

test('an answer settles its own question, once', async () => {
  const { questions, ids, came, settle } = asked(2)
  questions.answered(ids[1]!, ok(2))
  questions.answered(ids[1]!, ok(3))
  questions.answered('of somebody else', ok(4))
  await settle()
  expect(came).toEqual([ok(2)])
})

test('a question without an answer is refused after its time, and a later answer changes nothing', async () => {
  const { questions, ids, came, settle } = asked(1)
  await vi.advanceTimersByTimeAsync(2_999)
  expect(came).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  questions.answered(ids[0]!, ok(1))
  await settle()
  expect(came).toEqual([refuse('CENTER_NOT_REACHED')])
})

test('when the other node is gone its questions are refused at once', async () => {
  const { questions, came, settle } = asked(2)
  questions.refuseAll()
  await settle()
  expect(came).toEqual([refuse('CENTER_NOT_REACHED'), refuse('CENTER_NOT_REACHED')])
  expect(vi.getTimerCount()).toBe(0)
})
