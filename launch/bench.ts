import { existsSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { provideBuilt, workstation } from './built.ts'
import { dataFolder, root } from './paths.ts'
import { readArguments } from './read-arguments.ts'

/**
 * What each benchmark is given: a file at scale, or a folder to work in with the number of customers and of clients.
 */
const atScale = ['lookup', 'record', 'search'] as const
const inFolder = ['journal', 'pop', 'start', 'roundtrip', 'firststart', 'catchup', 'apply', 'herd', 'memory'] as const
const names: readonly string[] = [...atScale, ...inFolder]

const { values, positionals } = readArguments(
  {
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      customers: { type: 'string', default: '1000000' },
      clients: { type: 'string', default: '2000' },
    },
  },
  `npm run bench -- [NAME …] [--json FILE] [--customers N] [--clients N]\nNAME: ${names.join(', ')}`,
)
const wanted = positionals.length === 0 ? names : positionals
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(2)
}
const [customers, clients] = [Number(values.customers), Number(values.clients)]
if (![customers, clients].every((count) => Number.isInteger(count) && count > 0)) {
  console.error('--customers and --clients are whole numbers above 0.')
  process.exit(2)
}

// Benchmarks take long, so it is better to know at once that the file cannot be written.
if (
  values.json !== undefined &&
  (!existsSync(dirname(resolve(values.json))) || statSync(values.json, { throwIfNoEntry: false })?.isDirectory())
) {
  console.error(`--json ${values.json} cannot be written: its folder is missing, or it is a folder itself.`)
  process.exit(2)
}

// The benchmarks are a package of their own, so they are loaded by their path and not by a static import.
const bench = (file: string): Promise<Record<string, (...args: never[]) => unknown>> =>
  import(pathToFileURL(join(root, 'bench', `${file}.ts`)).href)
const folder = join(dataFolder(), 'bench')
const { machine, printFigures } = (await bench('figure')) as {
  machine: () => string
  printFigures: (figures: unknown[]) => void
}
const { scaleFile } = (await bench('scale-file')) as {
  scaleFile: (folder: string, customers: number) => Promise<unknown>
}
const figures: unknown[] = []
await provideBuilt(workstation)
for (const name of wanted) {
  const run = (await bench(name))[name] as (
    place: unknown,
    customers: number,
    clients: number,
  ) => unknown[] | Promise<unknown[]>
  const place = (atScale as readonly string[]).includes(name) ? await scaleFile(folder, customers) : folder
  figures.push(...(await run(place, customers, clients)))
}
printFigures(figures)
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine: machine(), figures }, null, 2)}\n`)
