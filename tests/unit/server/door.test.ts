import { expect, test } from 'vitest'
import { createDoor, type DoorOptions } from '../../../server/realtime/door.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'

function doorWith(options: Omit<DoorOptions, 'clock'>) {
  const clock = createVirtualClock()
  const door = createDoor({ clock, ...options })
  return { clock, door, knock: (times: number) => Array.from({ length: times }, () => door.knock()) }
}
const letIn = (answers: ReturnType<ReturnType<typeof doorWith>['knock']>) => answers.filter((answer) => answer.letIn)
const waits = (answers: ReturnType<ReturnType<typeof doorWith>['knock']>) =>
  answers.flatMap((answer) => (answer.letIn ? [] : [answer.seconds]))

test('the workstations of an ordinary call center come in together after a pause, and none is turned away', () => {
  const { knock } = doorWith({ atOnce: 200, perSecond: 10, together: 100 })
  expect(letIn(knock(100))).toHaveLength(100)
  expect(waits(knock(1))).toEqual([1])
})

test('no more workstations come in per second than can be served, however many try', () => {
  const { clock, knock } = doorWith({ atOnce: 10_000, perSecond: 50, together: 1 })
  let came = 0
  for (let ms = 0; ms < 10_000; ms += 10) {
    came += letIn(knock(20)).length
    clock.advance(10)
  }
  expect(came).toBe(500)
})

test('the number of handshakes at the same time is limited, and one that is over makes room for the next', () => {
  const { knock } = doorWith({ atOnce: 3, perSecond: 1000, together: 100 })
  const inside = letIn(knock(5))
  expect(inside).toHaveLength(3)
  for (const one of inside) if (one.letIn) one.begun()
  expect(letIn(knock(1))).toEqual([])
  if (inside[0]?.letIn) {
    inside[0].over()
    // When its connection closes, `over` is called once more.
    inside[0].over()
  }
  expect(letIn(knock(5))).toHaveLength(1)
})

test('a workstation that comes in and sends nothing holds its place for two seconds at most; a running handshake keeps it', () => {
  const { clock, knock } = doorWith({ atOnce: 2, perSecond: 1000, together: 100 })
  const [works] = letIn(knock(2))
  if (works?.letIn) works.begun()
  clock.advance(1999)
  expect(letIn(knock(1))).toEqual([])
  clock.advance(1)
  expect(letIn(knock(2))).toHaveLength(1)
})

test('workstations that are turned away get different seconds, as many for each second as can come in then', () => {
  const { knock } = doorWith({ atOnce: 10_000, perSecond: 100, together: 1 })
  const told = waits(knock(1001))
  const ofEach = new Map<number, number>()
  for (const seconds of told) ofEach.set(seconds, (ofEach.get(seconds) ?? 0) + 1)
  expect([...ofEach]).toEqual(Array.from({ length: 10 }, (_, index) => [index + 1, 100]))
})

test('no workstation is asked to wait longer than a minute', () => {
  const { knock } = doorWith({ atOnce: 10_000, perSecond: 1, together: 1 })
  expect(Math.max(...waits(knock(500)))).toBe(60)
})

test.each([-86_400_000, 86_400_000])(
  'a server clock that is set by %i ms shuts no workstation out and lets in no more',
  (ms) => {
    const { clock, knock } = doorWith({ atOnce: 10, perSecond: 1, together: 1 })
    expect(letIn(knock(1))).toHaveLength(1)
    clock.setBy(ms)
    expect(waits(knock(1))).toEqual([1])
    clock.advance(1000)
    expect(letIn(knock(1))).toHaveLength(1)
  },
)
