import { Random } from '../../demo/random.ts'

/** A process of the simulated world. What a dead process waits for never comes, as after kill -9. */
export interface Process {
  readonly name: string
  isAlive(): boolean
  /** Lets some time pass. The process may die in it; then this promise never resolves. */
  step(longestMs?: number): Promise<void>
  now(): number
  elapsed(): number
  after(ms: number, work: () => void): () => void
  /** Registers what happens when the process dies, for whatever reason. */
  onDeath(work: () => void): void
  kill(): void
  /** The process dies after this many steps, in the middle of whatever it does then. */
  dieIn(steps: number): void
}

export interface World {
  readonly random: Random
  now(): number
  after(ms: number, work: () => void): () => void
  note(line: string): void
  /** What happened, oldest first; only the last `TRACE_LINES` lines. */
  trace(): readonly string[]
  /** A hash over all lines that were ever noted: two runs of one seed have the same. */
  fingerprint(): number
  process(name: string, clockOffsetMs?: () => number): Process
  newId(): string
  /** Lets time pass until `until`, event by event, while `goesOn` returns true. */
  run(until: number, goesOn: () => boolean): Promise<void>
}

const TRACE_LINES = 4000
const START = Date.UTC(2026, 0, 15, 9)

/** Owns time, chance and order: the same seed gives the same history, event for event. */
export function createWorld(seed: number): World {
  const random = new Random('history', seed)
  const queue = createQueue()
  const trace: string[] = []
  let now = START
  let hash = 17

  const after = (ms: number, work: () => void) => {
    const entry = queue.add(now + Math.max(0, ms), work)
    return () => {
      entry.work = null
    }
  }
  const world: World = {
    random,
    now: () => now,
    after,
    note: (line) => {
      for (let i = 0; i < line.length; i += 1) hash = (Math.imul(hash, 31) + line.charCodeAt(i)) | 0
      trace.push(`${((now - START) / 1000).toFixed(4).padStart(9)} ${line}`)
      if (trace.length > 2 * TRACE_LINES) trace.splice(0, TRACE_LINES)
    },
    trace: () => trace.slice(-TRACE_LINES),
    fingerprint: () => hash,
    process: (name, clockOffsetMs = () => 0) => createProcess(world, name, clockOffsetMs),
    newId: () => random.uuid(now),
    run: async (until, goesOn) => {
      for (let next = queue.next(until); next && goesOn(); next = queue.next(until)) {
        now = Math.max(now, next.at)
        next.work?.()
        await settled()
      }
      now = until
    },
  }
  return world
}

function createProcess(world: World, name: string, clockOffsetMs: () => number): Process {
  let alive = true
  let stepsToLive = Infinity
  const dying: (() => void)[] = []
  const after = (ms: number, work: () => void) =>
    world.after(ms, () => {
      if (alive) work()
    })
  const kill = (): void => {
    if (!alive) return
    alive = false
    world.note(`${name} is gone`)
    for (const work of dying) work()
  }
  return {
    name,
    isAlive: () => alive,
    step: (longestMs = 2) =>
      new Promise((resolve) => {
        if ((stepsToLive -= 1) === 0) kill()
        after(world.random.next() * longestMs, resolve)
      }),
    now: () => Math.floor(world.now()) + clockOffsetMs(),
    elapsed: () => world.now(),
    after,
    onDeath: (work) => {
      dying.push(work)
    },
    kill,
    dieIn: (steps) => {
      stepsToLive = steps
    },
  }
}

/** Resolves when everything that does not wait for time has run. No step of a history waits for anything real. */
const settled = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve)
  })

interface Entry {
  readonly at: number
  readonly order: number
  work: (() => void) | null
}

/** A binary heap, ordered by time and then by who asked first. */
function createQueue() {
  const heap: Entry[] = []
  let order = 0
  const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order)
  const swap = (i: number, j: number) => {
    ;[heap[i], heap[j]] = [heap[j]!, heap[i]!]
  }
  const pop = (): Entry => {
    const top = heap[0]!
    const last = heap.pop()!
    if (heap.length > 0) {
      heap[0] = last
      for (let i = 0; ;) {
        const left = 2 * i + 1
        let least = i
        if (left < heap.length && before(heap[left]!, heap[least]!)) least = left
        if (left + 1 < heap.length && before(heap[left + 1]!, heap[least]!)) least = left + 1
        if (least === i) break
        swap(i, least)
        i = least
      }
    }
    return top
  }
  return {
    add: (at: number, work: () => void): Entry => {
      const entry: Entry = { at, order: (order += 1), work }
      heap.push(entry)
      for (let i = heap.length - 1; i > 0 && before(heap[i]!, heap[(i - 1) >> 1]!); i = (i - 1) >> 1)
        swap(i, (i - 1) >> 1)
      return entry
    },
    next: (until: number): Entry | null => {
      while (heap.length > 0 && heap[0]!.work === null) pop()
      return heap.length > 0 && heap[0]!.at <= until ? pop() : null
    },
  }
}
