import '@fontsource-variable/noto-sans-sc'
import createCache from '@emotion/cache'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { createHostPass } from '../bridge/host-pass.ts'
import { createPreloadBridge } from '../bridge/preload-bridge.ts'
import { createSocketBridge } from '../bridge/socket-bridge.ts'
import { createLanguage, firstLanguage } from '../i18n/language.ts'
import { App } from './App.tsx'
import { createDeskStore } from './desk-store.ts'
import { createFieldPlaces } from './field-places.ts'
import { LeftStates } from './left-states.ts'
import { createOpenTabs } from './open-tabs.ts'
import { createDraftStore } from './draft-store.ts'
import { warmUp } from './warm-up.ts'

// The page's CSP does not allow `eval`, so zod must not even try it.
z.config({ jitless: true })

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
const socketAddress = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/bridge`
/** During development the screens come from another port than the host's (`launch/dev.ts`). */
const hostPort = Number(document.querySelector<HTMLMetaElement>('meta[name=host-port]')?.content ?? location.port)
const bridge = window.ringside
  ? createPreloadBridge(window.ringside)
  : createSocketBridge(socketAddress, hostPort, createHostPass(window))
const drafts = createDraftStore(bridge, Date.now)
const stores = {
  drafts,
  desk: createDeskStore(bridge, drafts, Date.now),
  left: new LeftStates(),
  openTabs: createOpenTabs(localStorage, sessionStorage),
  places: createFieldPlaces(localStorage),
}
const language = await createLanguage(firstLanguage(localStorage, navigator.languages), localStorage)
const styles = createCache({ key: 'r', ...(nonce === '' ? {} : { nonce }) })

// Leaving the page with unsaved text asks first; normally at most a quarter second of typing is unsaved.
window.addEventListener('beforeunload', (event) => {
  if (drafts.hasUnsaved()) event.preventDefault()
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
// The fences report failures to the log of the core; React itself would write the error, with what it quotes, to the
// console.
createRoot(root, { onCaughtError: () => undefined }).render(
  <App bridge={bridge} stores={stores} language={language} styles={styles} nonce={nonce} />,
)
void warmUp(document.fonts)
