import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// The simulation belongs to the tests; this file only gives it a name among the commands.
const script = fileURLToPath(new URL('../tests/simulation/simulate.ts', import.meta.url))
spawn(process.execPath, [script, ...process.argv.slice(2)], { stdio: 'inherit' }).once('exit', (code) => {
  process.exitCode = code ?? 1
})
