import { createInterface } from 'node:readline'
import { claimInstance } from '../../main/host/single-instance.ts'

// Runs as a process of its own. Each input line names a folder and an instant: the process claims the folder at that
// instant, prints what it became, and releases the folder at the next line.
let release: () => Promise<void> = async () => undefined
for await (const line of createInterface({ input: process.stdin })) {
  await release()
  release = async () => undefined
  if (line === '') {
    process.stdout.write('free\n')
    continue
  }
  const { folder, at } = JSON.parse(line) as { folder: string; at: number }
  while (performance.timeOrigin + performance.now() < at) {
    /* Both begin in the same millisecond. */
  }
  const instance = await claimInstance(folder, [], () => null).catch(() => null)
  if (instance?.kind === 'first') release = () => instance.release()
  process.stdout.write(`${instance?.kind ?? 'failed'}\n`)
}
process.exit(0)
