import type { BuildContext, RowSet } from './build/build-context.ts'
import { calendarShift } from './build/calendar-shift.ts'
import { buildCatalogue } from './build/catalogue.ts'
import { customerRows } from './build/customer-rows.ts'
import type { CustomerSeed } from './build/customer-seed.ts'
import { customerSeeds } from './build/customer-seeds.ts'
import { buildStaff } from './build/staff.ts'
import { fitted } from './shape/fitted.ts'
import type { DemoSource } from './source.ts'

export interface DemoOptions {
  readonly seed: string
  /** The present moment of the demo, where histories end. An instant in ms. */
  readonly asOf: number
  readonly timeZone: string
}

/** A demo that is about to be built: first the rows that all customers share, then the customers in chunks. */
export interface Demo {
  readonly context: BuildContext
  readonly customers: number
  /** Users, lines, products. */
  readonly shared: RowSet
  /** Rows of `size` customers at a time, all entities together. */
  chunks(size: number): Generator<{ readonly rows: RowSet; readonly customersDone: number }>
}

/**
 * Prepares a demo from a source. Rows are made as they are read, so that a million customers need no more memory than
 * one chunk.
 */
export function buildDemo(source: DemoSource, options: DemoOptions): Demo {
  return demoOf(customerSeeds(source, options.seed), options)
}

/** Makes a demo from seeds that are produced one at a time; `length` is used only to show progress. */
export function demoOf(seeds: Iterable<CustomerSeed> & { readonly length: number }, options: DemoOptions): Demo {
  const madeAt = options.asOf - 400 * 86_400_000
  const catalogue = buildCatalogue(options.seed, madeAt)
  const staff = buildStaff(options.seed, Math.max(8, fitted.calls.servers), madeAt)
  const context: BuildContext = {
    seed: options.seed,
    calendar: calendarShift(options.asOf, options.timeZone),
    catalogue,
    staff,
  }
  return {
    context,
    customers: seeds.length,
    shared: {
      user: [...staff.users],
      line: [...staff.lines],
      product: [...catalogue.products],
      productCost: [...catalogue.costs],
    },
    *chunks(size) {
      let rows: RowSet = {}
      let customersDone = 0
      for (const seed of seeds) {
        addRows(rows, customerRows(context, seed))
        customersDone += 1
        if (customersDone % size === 0) {
          yield { rows, customersDone }
          rows = {}
        }
      }
      if (customersDone % size !== 0) yield { rows, customersDone }
    },
  }
}

function addRows(into: Record<string, unknown[]>, more: RowSet): void {
  for (const [entity, rows] of Object.entries(more)) {
    if (rows.length > 0) (into[entity] ??= []).push(...rows)
  }
}
