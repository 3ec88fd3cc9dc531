import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { provideChromium } from './chromium.ts'
import { runCommandLine, type StageResult } from './stages.ts'
import { makeTestFolder } from './test-folder.ts'

/** Runs the browser tests in Chromium and takes the counts from Playwright's own report. */
export async function playwrightStage(): Promise<StageResult> {
  const name = 'browser tests'
  const started = performance.now()
  console.log(`\n── ${name}`)
  const folder = makeTestFolder()
  const report = join(folder.path, 'report.json')
  try {
    const env = { ...folder.env, RINGSIDE_CHROMIUM: provideChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: report }
    const { code } = await runCommandLine('playwright', ['test', '--reporter=list,json'], env)
    const { expected, unexpected, flaky, skipped } = (
      JSON.parse(readFileSync(report, 'utf8')) as {
        stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>
      }
    ).stats
    const failed = unexpected + flaky
    return {
      name,
      passed: expected,
      failed: failed === 0 && (code !== 0 || expected === 0) ? 1 : failed,
      skipped,
      seconds: (performance.now() - started) / 1000,
    }
  } catch (error) {
    console.error((error as Error).message)
    return { name, passed: 0, failed: 1, skipped: 0, seconds: (performance.now() - started) / 1000 }
  } finally {
    folder.remove()
  }
}
