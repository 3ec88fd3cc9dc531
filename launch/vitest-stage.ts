import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommandLine, type StageResult } from './stages.ts'
import { makeTestFolder } from './test-folder.ts'

/**
 * Runs Vitest projects and takes the counts from Vitest's own report, so that a run that executed nothing counts as
 * failed.
 */
export async function vitestStage(name: string, projects: readonly string[]): Promise<StageResult> {
  const started = performance.now()
  console.log(`\n── ${name}`)
  const folder = makeTestFolder()
  const report = join(folder.path, 'report.json')
  const { code } = await runCommandLine(
    'vitest',
    [
      'run',
      ...projects.flatMap((p) => ['--project', p]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    folder.env,
  )
  const counts = readReport(report)
  folder.remove()
  const failed = counts.failed === 0 && (code !== 0 || counts.passed === 0) ? 1 : counts.failed
  return { name, passed: counts.passed, failed, skipped: counts.skipped, seconds: (performance.now() - started) / 1000 }
}

function readReport(path: string): { passed: number; failed: number; skipped: number } {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8')) as Record<
      'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests',
      number
    >
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
