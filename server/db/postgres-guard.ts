import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Account } from './postgres-account.ts'

/**
 * Ends PostgreSQL when this process is gone, whatever ended it: a shell waits at a pipe that only we hold open. Returns
 * how to let go of it. Windows has no such shell; there the next start takes over what is left.
 */
export function guardPostmaster(pid: number, account: Account): () => void {
  if (process.platform === 'win32') return () => undefined
  // In a group of its own: Ctrl+C at the terminal is for us, and we end the database in order.
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)], { ...account, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  guard.once('error', () => undefined)
  guard.stdin.once('error', () => undefined)
  guard.unref()
  ;(guard.stdin as Socket).unref()
  return () => { guard.kill('SIGKILL') }
}
