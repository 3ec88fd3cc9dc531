import { spawn } from 'node:child_process'

/**
 * The result of one stage of the checks. `passed`, `failed` and `skipped` count its tests; a stage without tests counts
 * as one.
 */
export interface StageResult {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
}

/**
 * Runs one command and shows its output on this terminal, or only keeps it if `quiet`. Resolves with the exit code and
 * the output.
 */
export function runCommandLine(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  quiet = false,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    let output = ''
    const pass = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
      output += chunk.toString()
      if (!quiet) stream.write(chunk)
    }
    child.stdout.on('data', pass(process.stdout))
    child.stderr.on('data', pass(process.stderr))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** A stage that passes or fails as a whole. Its output is printed in one piece, because it runs beside others. */
async function checkStage(name: string, command: string, args: readonly string[]): Promise<StageResult> {
  const started = performance.now()
  const { code, output } = await runCommandLine(command, args, process.env, true)
  console.log(`\n── ${name}\n${output.trimEnd()}`)
  return {
    name,
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    skipped: 0,
    seconds: (performance.now() - started) / 1000,
  }
}

/** Type check, format, lint, import boundaries and unused code, one after the other. Every commit passes these. */
export async function staticStages(): Promise<StageResult[]> {
  return [
    await checkStage('types', 'tsc', ['-p', 'tsconfig.json']),
    await checkStage('format', 'oxfmt', ['--check', '.']),
    await checkStage('lint', 'oxlint', ['--type-aware', '--quiet']),
    await checkStage('boundaries', 'depcruise', [
      'protocol',
      'domain',
      'resources',
      'db',
      'demo',
      'main',
      'preload',
      'renderer',
      'server',
      'launch',
      '--config',
      '.dependency-cruiser.cjs',
    ]),
    await checkStage('unused code', 'knip', []),
  ]
}

/** Prints a line for each stage and the closing line; sets the exit code. */
export function closeRun(results: readonly StageResult[]): void {
  console.log('\n── result')
  for (const r of results)
    console.log(
      `${r.failed > 0 ? '✗' : '✓'} ${r.name.padEnd(20)} ${r.passed} passed, ${r.failed} failed, ${r.skipped} skipped  (${r.seconds.toFixed(1)} s)`,
    )
  const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, r) => total + r[key], 0)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
  process.exitCode = sum('failed') > 0 ? 1 : 0
}
