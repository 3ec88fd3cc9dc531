import { createInterface } from 'node:readline'
import { claimInstance } from '../../main/host/single-instance.ts'

// A process that claims the folder named on each line at the instant named on it, says what it became, and lets go at the next line.
let release: () => Promise<void> = async () => undefined
for await (const line of createInterface({ input: process.stdin })) {
  await release()
  release = async () => undefined
  if (line === '') {
    process.stdout.write('free\n')
    continue
  }
  const { folder, at } = JSON.parse(line) as { folder: string; at: number }
  while (performance.timeOrigin + performance.now() < at) { /* Both begin in the same millisecond. */ }
  const instance = await claimInstance(folder, [], () => null).catch(() => null)
  if (instance?.kind === 'first') release = () => instance.release()
  process.stdout.write(`${instance?.kind ?? 'failed'}\n`)
}
process.exit(0)
