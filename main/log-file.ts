import { join } from 'node:path'
import electronLog from 'electron-log/node.js'

/** Of each of the two files: the one that is written and the one before it. */
const LARGEST_BYTES = 2 * 1_048_576

/**
 * Writes lines into `ringside.log` in a workstation's folder. When it has grown it becomes `ringside.old.log`, in the place
 * of the one before, so that both never take more than twice `largestBytes`.
 */
export function openLogFile(folder: string, largestBytes = LARGEST_BYTES): (line: string) => void {
  const log = electronLog.create({ logId: folder })
  log.transports.console.level = false
  const { file } = log.transports
  file.resolvePathFn = () => join(folder, 'ringside.log')
  file.maxSize = largestBytes
  file.format = '{text}'
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  return (line) => { log.info(line) }
}
