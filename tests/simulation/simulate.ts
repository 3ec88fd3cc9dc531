import { readArguments } from '../../launch/read-arguments.ts'
import { histories, huntsFor, playMany } from './play-many.ts'
import { plantedBugs } from './planted-bugs.ts'

// Looks for every planted bug first, then plays any number of histories.
const USAGE = 'Usage: npm run simulate -- --seeds N [--from SEED]'
const { values } = readArguments(
  { options: { seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } } },
  USAGE,
)
const [seeds, from] = [Number(values.seeds), Number(values.from)]
if (!Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(from) || from < 0) {
  console.error(USAGE)
  process.exit(2)
}

const MOST = 200
const found = new Set<string>()
if (seeds > 1) {
  await playMany(
    huntsFor(plantedBugs, MOST, (bug) => found.has(bug)),
    ({ bug, violation }) => {
      if (violation && bug !== null) found.add(bug)
      return 'more'
    },
  )
  console.log(`${found.size} of ${plantedBugs.length} planted bugs were found`)
  for (const { name } of plantedBugs) if (!found.has(name)) console.log(`  not found in ${MOST} histories: ${name}`)
}

const started = performance.now()
const total = { histories: 0, broken: 0, commands: 0, crashes: 0, faults: 0 }
await playMany(histories(from, seeds), ({ seed, violation, counts, trace }) => {
  total.histories += 1
  for (const count of ['commands', 'crashes', 'faults'] as const) total[count] += counts[count]
  if (!violation) return 'more'
  total.broken += 1
  console.log(
    `${(trace ?? []).join('\n')}\n\nseed ${seed}: ${violation}\nnpm run simulate -- --seeds 1 --from ${seed}\n`,
  )
  return 'more'
})
console.log(
  `${total.histories} histories (${total.commands} pieces of work, ${total.crashes} crashes of workstations, ${total.faults} faults) in ${((performance.now() - started) / 1000).toFixed(0)} s: ${total.broken} broke a promise`,
)
process.exitCode = total.broken > 0 || (seeds > 1 && found.size < plantedBugs.length) ? 1 : 0
