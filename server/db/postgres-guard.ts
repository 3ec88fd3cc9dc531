import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Account } from './postgres-account.ts'

/**
 * Ends PostgreSQL when this process is gone, however it ended: a shell reads a pipe that only we hold open, and acts
 * when it closes. The returned function removes the guard. Windows has no such shell; there the next start takes over
 * what is left running.
 */
export function guardPostmaster(pid: number, account: Account): () => void {
  if (process.platform === 'win32') return () => undefined
  // In its own process group, so that Ctrl+C at the terminal reaches only us. We end the database in order.
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)], {
    ...account,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.once('error', () => undefined)
  guard.stdin.once('error', () => undefined)
  guard.unref()
  ;(guard.stdin as Socket).unref()
  return () => {
    guard.kill('SIGKILL')
  }
}
