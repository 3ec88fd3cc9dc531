import { join } from 'node:path'
import electronLog from 'electron-log/node.js'

/** The largest size of each of the two files: the one being written and the one before it. */
const LARGEST_BYTES = 2 * 1_048_576

/**
 * Writes lines into `ringside.log` in a workstation's folder. When the file has grown too large it is renamed to
 * `ringside.old.log` and replaces the earlier one, so that both together never take more than twice `largestBytes`.
 */
export function openLogFile(folder: string, largestBytes = LARGEST_BYTES): (line: string) => void {
  const log = electronLog.create({ logId: folder })
  log.transports.console.level = false
  const { file } = log.transports
  file.resolvePathFn = () => join(folder, 'ringside.log')
  file.maxSize = largestBytes
  file.format = '{text}'
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  return (line) => {
    log.info(line)
  }
}
