import type { SyncState } from '../../../protocol/workstation.ts'
import type { Words } from '../../i18n/use-words.ts'

/**
 * The connection to the server and the unsent work in words: "synced", "3 unsent, center not reached since 10:42";
 * `short` where two calls need the space.
 */
export function syncWords(sync: SyncState, { say, formats, refusal }: Words, short = false): string {
  const parts = [
    // The line at the foot of the window shows the alarm's full text.
    sync.alarm ? say('shell/sync/alarm') : '',
    sync.needsAttention > 0 ? say('shell/sync/attention', { count: sync.needsAttention }) : '',
    sync.unsent > 0 ? say('shell/sync/unsent', { count: sync.unsent }) : '',
  ]
  switch (sync.link) {
    case 'online':
      parts.push(
        sync.setup !== null
          ? say('shell/sync/loading')
          : sync.behind > 0
            ? say('shell/sync/behind', { count: formats.number(sync.behind) })
            : sync.unsent === 0
              ? say('shell/sync/synced')
              : '',
      )
      break
    case 'connecting':
      parts.push(say('shell/sync/connecting'))
      break
    case 'refused':
      parts.push(sync.refusal ? refusal(sync.refusal) : say('shell/sync/refused'))
      break
    case 'offline':
      parts.push(
        sync.reachedAt === null
          ? say('shell/sync/offline')
          : say(short ? 'shell/sync/offlineShort' : 'shell/sync/offlineSince', {
              time: formats.moment(sync.reachedAt, Date.now()),
            }),
      )
      break
  }
  return parts.filter((part) => part !== '').join(', ')
}
