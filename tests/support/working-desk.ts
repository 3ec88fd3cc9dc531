import type { SyncState } from '../../protocol/workstation.ts'
import { startTestWorkstation } from './test-workstation.ts'

// A workstation that works until it is killed. It prints when it is connected and which commands were reported as
// saved.
const [folder, serverUrl, login, password] = process.argv.slice(2) as [string, string, string, string]
const say = (...words: readonly unknown[]) => {
  process.stdout.write(`${words.join(' ')}\n`)
}

const desk = await startTestWorkstation(serverUrl, { folder })
const { identity } = await desk.seen('session', {}, () => true)
if (!identity) await desk.act('session.signIn', { login, password })
let online = false
desk.dispatcher.watch('sync.state', {}, (state) => {
  if (online || !state.ok || (state.value as SyncState).link !== 'online') return
  online = true
  say('online')
})
for (let n = 1; ; n += 1) {
  const taskId = crypto.randomUUID()
  const entered = await desk.run('task.add', {
    taskId,
    customerId: null,
    kind: 'callback',
    title: `${process.pid} ${n}`,
    detail: '',
    dueAt: Date.now() + 3_600_000,
    ownerUserId: null,
  })
  if (entered.ok) say('kept', taskId)
  await new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
}
