import { cpus, platform, release, totalmem } from 'node:os'

/**
 * One published figure. `ratio` is our time divided by the floor's (for rates, the floor's rate divided by ours): lower
 * is better.
 */
export interface Figure {
  /** The benchmark's name, alone or followed by a dot and more. */
  readonly name: string
  readonly unit: string
  readonly p50: number
  readonly p99: number
  readonly floor_p50: number | null
  readonly floor_p99: number | null
  readonly ratio: number | null
  readonly target: string
}

/** The percentiles of one measurement, in the figure's unit. */
export interface Samples {
  readonly p50: number
  readonly p99: number
}

export function percentiles(values: readonly number[]): Samples {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

/**
 * Makes a figure with the floor that was measured in turns with it in the same run; `ratioOf` says which percentile the
 * target is about.
 */
export function figure(
  name: string,
  unit: string,
  ours: Samples,
  floor: Samples | null,
  ratioOf: 'p50' | 'p99',
  target: string,
): Figure {
  return {
    name,
    unit,
    p50: round(ours.p50),
    p99: round(ours.p99),
    floor_p50: floor && round(floor.p50),
    floor_p99: floor && round(floor.p99),
    ratio: floor && round(ours[ratioOf] / floor[ratioOf]),
    target,
  }
}

/**
 * Makes a figure of a rate, where higher is better: p99 is its slow end, and the ratio is the floor's (or the peer's)
 * rate divided by ours.
 */
export function rateFigure(name: string, unit: string, ours: Samples, floor: Samples, target: string): Figure {
  return { ...figure(name, unit, ours, floor, 'p50', target), ratio: round(floor.p50 / ours.p50) }
}

const round = (value: number): number => Number(value.toPrecision(3))

export const machine = (): string =>
  `${cpus()[0]?.model.trim() ?? 'unknown CPU'} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()}, Node ${process.versions.node}`

/** Times `ours` and `floor` in turns, so that a slow moment of the machine affects both. Milliseconds per call. */
export function inTurns<T>(
  inputs: readonly T[],
  ours: (input: T) => unknown,
  floor: (input: T) => unknown,
): { ours: Samples; floor: Samples } {
  const mine: number[] = []
  const bare: number[] = []
  const time = (work: (input: T) => unknown, input: T, into: number[]) => {
    const started = performance.now()
    work(input)
    into.push(performance.now() - started)
  }
  for (const [i, input] of inputs.entries()) {
    // The second one finds the pages warm, so they take turns at being first.
    if (i % 2 === 0) {
      time(ours, input, mine)
      time(floor, input, bare)
    } else {
      time(floor, input, bare)
      time(ours, input, mine)
    }
  }
  return { ours: percentiles(mine), floor: percentiles(bare) }
}

export function printFigures(figures: readonly Figure[]): void {
  console.log(`\n${machine()}, ${new Date().toISOString().slice(0, 10)}\n`)
  console.log(
    '| figure | unit | p50 | p99 | floor p50 | floor p99 | ratio | target |\n|---|---|---|---|---|---|---|---|',
  )
  for (const f of figures)
    console.log(
      `| ${f.name} | ${f.unit} | ${f.p50} | ${f.p99} | ${f.floor_p50 ?? '–'} | ${f.floor_p99 ?? '–'} | ${f.ratio ?? '–'} | ${f.target} |`,
    )
}
