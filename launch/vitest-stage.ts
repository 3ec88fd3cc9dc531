import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommandLine, type StageResult } from './stages.ts'

/** Runs Vitest projects and counts from its own report, so that a run that executed nothing counts as failed. */
export async function vitestStage(name: string, projects: readonly string[]): Promise<StageResult> {
  const started = performance.now()
  console.log(`\n── ${name}`)
  const folder = mkdtempSync(join(tmpdir(), 'ringside-tests-'))
  const report = join(folder, 'report.json')
  const { code } = await runCommandLine('vitest', ['run', ...projects.flatMap((p) => ['--project', p]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  const counts = readReport(report)
  rmSync(folder, { recursive: true, force: true })
  const failed = counts.failed === 0 && (code !== 0 || counts.passed === 0) ? 1 : counts.failed
  return { name, passed: counts.passed, failed, skipped: counts.skipped, seconds: (performance.now() - started) / 1000 }
}

function readReport(path: string): { passed: number; failed: number; skipped: number } {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8')) as Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>
    return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
