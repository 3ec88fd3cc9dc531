import type { Session, WebContents } from 'electron'
import { mayNavigate } from './navigation.ts'
import { decideNewWindow } from './new-windows.ts'
import { mayHavePermission } from './permissions.ts'
import { mayAttachWebview } from './webview.ts'

/** Applies the rules to a page that has just been made, before it loads anything. */
export function guardContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  const stay = (event: { preventDefault(): void }, address: string) => {
    if (!mayNavigate(address)) event.preventDefault()
  }
  contents.on('will-navigate', (event) => stay(event, event.url))
  contents.on('will-redirect', (event) => stay(event, event.url))
  contents.on('will-frame-navigate', (event) => stay(event, event.url))
  contents.on('will-attach-webview', (event) => {
    if (!mayAttachWebview()) event.preventDefault()
  })
  contents.setWindowOpenHandler(() => decideNewWindow())
}

/** Applies the rules about what pages may use of the machine. */
export function guardSession(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayHavePermission(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    mayHavePermission(permission, requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
}
