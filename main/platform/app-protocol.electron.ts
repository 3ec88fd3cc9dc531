import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol } from 'electron'
import { appPath, contentType } from '../security/app-path.ts'
import { contentSecurityPolicy, screenHeaders, withNonce } from '../security/csp.ts'
import { APP_SCHEME } from '../security/origin.ts'

/**
 * Makes `app://` a secure origin with paths; must be called before the app is ready. The content security policy still
 * decides what it may load.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the screens from their folder, and nothing from anywhere else. */
export function serveScreens(folder: string): void {
  protocol.handle(APP_SCHEME, (request) => answerScreen(folder, request))
}

export async function answerScreen(folder: string, request: Pick<Request, 'url' | 'method'>): Promise<Response> {
  const path = request.method === 'GET' ? appPath(request.url) : null
  const type = path === null ? null : contentType(path)
  if (path === null || type === null) return new Response('', { status: 404 })
  let body: Buffer
  try {
    body = await readFile(join(folder, path))
  } catch {
    return new Response('', { status: 404 })
  }
  const headers = { ...screenHeaders, 'content-type': type }
  if (path !== 'index.html') return new Response(new Uint8Array(body), { headers })
  const nonce = randomBytes(16).toString('base64')
  return new Response(withNonce(body.toString('utf8'), nonce), {
    headers: { ...headers, 'cache-control': 'no-store', 'content-security-policy': contentSecurityPolicy(nonce, []) },
  })
}
