import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { dataFolder, root } from './paths.ts'

const names = ['lookup', 'record', 'search', 'journal', 'pop', 'start'] as const
type Name = (typeof names)[number]

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' }, customers: { type: 'string', default: '1000000' } } })
const wanted = positionals.length === 0 ? [...names] : positionals
const unknown = wanted.filter((name) => !(names as readonly string[]).includes(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(2)
}

// The benchmarks are a package of their own, so they are reached by their place and not by an import.
const bench = (file: string): Promise<Record<string, (...args: never[]) => unknown>> => import(pathToFileURL(join(root, 'bench', `${file}.ts`)).href)
const folder = join(dataFolder(), 'bench')
const { machine, printFigures } = (await bench('figure')) as { machine: () => string; printFigures: (figures: unknown[]) => void }
const figures: unknown[] = []
for (const name of wanted as Name[]) {
  const run = (await bench(name))[name] as (place: unknown, customers: number) => unknown[] | Promise<unknown[]>
  const atScale = name === 'lookup' || name === 'record' || name === 'search'
  const { scaleFile } = (await bench('scale-file')) as { scaleFile: (folder: string, customers: number) => Promise<unknown> }
  figures.push(...(await run(atScale ? await scaleFile(folder, Number(values.customers)) : folder, Number(values.customers))))
}
printFigures(figures)
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine: machine(), figures }, null, 2)}\n`)
