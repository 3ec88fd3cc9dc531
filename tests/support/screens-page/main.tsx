import '@fontsource-variable/noto-sans-sc'
import createCache from '@emotion/cache'
import { createRoot } from 'react-dom/client'
import { App } from '../../../renderer/app/App.tsx'
import { createDeskStore } from '../../../renderer/app/desk-store.ts'
import { createDraftStore } from '../../../renderer/app/draft-store.ts'
import { createFieldPlaces } from '../../../renderer/app/field-places.ts'
import { LeftStates } from '../../../renderer/app/left-states.ts'
import { createOpenTabs } from '../../../renderer/app/open-tabs.ts'
import { createLanguage, firstLanguage } from '../../../renderer/i18n/language.ts'
import { createRecordedBridge, type RecordedBridge } from '../recorded-bridge.ts'

declare global {
  interface Window {
    recorded: RecordedBridge
  }
}

const bridge = createRecordedBridge()
window.recorded = bridge
const drafts = createDraftStore(bridge, Date.now)
const nowhere = { getItem: () => null, setItem: () => {} }
const stores = {
  drafts,
  desk: createDeskStore(bridge, drafts, Date.now),
  left: new LeftStates(),
  openTabs: createOpenTabs(nowhere, nowhere),
  places: createFieldPlaces(nowhere),
}
const language = await createLanguage(firstLanguage(localStorage, navigator.languages), localStorage)
const root = document.getElementById('root')
if (!root) throw new Error('no #root')
createRoot(root).render(
  <App bridge={bridge} stores={stores} language={language} styles={createCache({ key: 'r' })} nonce="" />,
)
