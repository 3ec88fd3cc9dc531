// The entry of every npm script. It is plain JavaScript, so that an old Node prints a sentence instead of a syntax
// error.
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
const here = dirname(fileURLToPath(import.meta.url))
const bin = join(here, '..', 'node_modules', '.bin')

if (major < 24 || (major === 24 && minor < 12)) {
  console.error(
    `Ringside needs Node 24.12 or later and was started with ${process.versions.node}.\n` +
      (existsSync(join(bin, 'node'))
        ? 'Start it with "npm start" (npm uses the Node 24 that was installed with it), not with "node" itself.'
        : 'Run "npm ci" again without --omit=optional: it installs a Node 24 of its own on Linux, Windows and Intel Macs. Elsewhere install Node 24 first.'),
  )
  process.exit(1)
}

// Programs that the scripts start must find the same Node and the tools beside it.
process.env.PATH = bin + delimiter + process.env.PATH
const [name, ...rest] = process.argv.slice(2)
const script = join(here, `${name}.ts`)
if (!name || !/^[a-z-]+$/.test(name) || !existsSync(script)) {
  console.error(
    'Usage: npm start | npm test | npm run dev | npm run check | npm run bench -- NAME | npm run simulate | npm run ringside -- COMMAND',
  )
  process.exit(2)
}
// An argument that a command would ignore was meant for something, such as a port or a folder, so refuse it.
if (rest.length > 0 && ['start', 'dev', 'check', 'test', 'build'].includes(name)) {
  console.error(
    `npm ${name === 'start' || name === 'test' ? name : `run ${name}`} takes no arguments (${rest.join(' ')}). PORT and RINGSIDE_DATA in the environment say which port and which data folder.`,
  )
  process.exit(2)
}
// npm starts this in a shell and sends a signal only to the shell: when the shell is gone, this process has to end too.
// ("exec node" would avoid this, but Windows has no such command.)
if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
}
process.argv = [process.argv[0], script, ...rest]
await import(pathToFileURL(script).href)
