import { join } from 'node:path'
import { missingForRelease } from '../main/packaging/signing.ts'
import { root } from './paths.ts'
import { runCommandLine } from './stages.ts'

// Builds the Electron program, unpacked; with --release as the files that are handed out. It says what is missing for
// signing instead of skipping that silently.
const [wish, ...rest] = process.argv.slice(2)
if ((wish !== undefined && wish !== '--release') || rest.length > 0) {
  console.error('npm run package [-- --release]')
  process.exit(2)
}
const missing = missingForRelease(process.platform, process.env)
if (missing.length > 0) {
  console.error(
    `${wish === '--release' ? 'Not made' : 'This package is for trying out'}: ${process.platform} lacks in the environment\n${missing.map((line) => `  ${line}`).join('\n')}`,
  )
  if (wish === '--release') process.exit(1)
}
const node = (script: string, ...args: readonly string[]) =>
  runCommandLine(process.execPath, [join(root, 'node_modules', script), ...args], {
    ...process.env,
    RINGSIDE_UPDATES: process.env.RINGSIDE_UPDATES || 'https://updates.invalid/',
  })
const built = await node('electron-vite/bin/electron-vite.js', 'build')
process.exitCode =
  built.code === 0
    ? (await node('electron-builder/cli.js', '--publish', 'never', ...(wish === undefined ? ['--dir'] : []))).code
    : built.code
