import { join } from 'node:path'
import { centerUrl } from '../main/link/center-url.ts'
import { operatorSecretFile, readOperatorSecret } from '../server/operator/operator-secret.ts'
import { sayIn } from '../server/operator/say.ts'
import { statusText } from '../server/operator/status-text.ts'
import { statusView } from '../server/operator/status-view.ts'
import type { Status } from '../server/operator/status.ts'
import { dataFolder } from './paths.ts'

const WITHIN_MS = 20_000

/**
 * Prints the status of the server at `server`. Returns true if nothing needs a person's attention; throws a sentence if
 * the status cannot be read.
 */
export async function showStatus(server: string, json: boolean): Promise<boolean> {
  const url = centerUrl(server, process.env)
  const status = await readStatus(url, await credentials(url))
  const language = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '') ? 'zh' : 'en'
  process.stdout.write(
    json
      ? `${JSON.stringify(status, null, 2)}\n`
      : statusText(statusView(status, sayIn(language, status.site.timeZone))),
  )
  return status.findings.length === 0
}

/**
 * A supervisor's name and password from the environment, or else the secret in the server's data folder on this
 * machine: a user who may read that file may read the database too.
 */
async function credentials(url: string): Promise<Record<string, string>> {
  const { RINGSIDE_LOGIN: login, RINGSIDE_PASSWORD: password } = process.env
  if (login && password) return { cookie: await signIn(url, login, password) }
  const folders = [join(dataFolder(), 'server'), dataFolder()]
  const secret = folders.map((folder) => readOperatorSecret(folder)).find((found) => found !== null)
  if (secret && !isThisMachine(url))
    throw new Error(
      `The secret of the server on this machine goes to no other. Name that server by its address here (--server http://127.0.0.1:PORT), or give a supervisor's RINGSIDE_LOGIN and RINGSIDE_PASSWORD for ${url}.`,
    )
  if (secret) return { authorization: `Bearer ${secret}` }
  throw new Error(
    `The status is for the operator of the server. Run this where the server's data folder is (there is no ${folders.map(operatorSecretFile).join(' and no ')}; RINGSIDE_DATA names another folder), or give a supervisor's RINGSIDE_LOGIN and RINGSIDE_PASSWORD.`,
  )
}

const isThisMachine = (url: string): boolean => /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(url).hostname)

async function signIn(url: string, login: string, password: string): Promise<string> {
  const reply = await ask(`${url}/operator/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ login, password }),
    redirect: 'manual',
  })
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0]
  await reply.body?.cancel()
  if (reply.status === 429) throw new Error('Too many tries, or the server is busy. Wait a little and try again.')
  if (reply.status !== 303 || !cookie)
    throw new Error('RINGSIDE_LOGIN and RINGSIDE_PASSWORD are not those of a supervisor or manager of this server.')
  return cookie
}

async function readStatus(url: string, headers: Record<string, string>): Promise<Status> {
  const reply = await ask(`${url}/operator/status.json`, { headers, redirect: 'error' })
  if (reply.status === 401)
    throw new Error(
      `The server at ${url} does not know this secret: it runs with another data folder. RINGSIDE_DATA names it.`,
    )
  if (!reply.ok)
    throw new Error(
      `The server at ${url} runs and cannot say how it is (${reply.status}). Its log says why; most often the database does not answer.`,
    )
  if (headers.cookie) await ask(`${url}/operator/sign-out`, { method: 'POST', headers, redirect: 'manual' })
  return ((await reply.json()) as { value: Status }).value
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(WITHIN_MS) })
  } catch (cause) {
    throw new Error(`No server answers at ${new URL(url).origin}. Start it, or name another with --server.`, { cause })
  }
}
