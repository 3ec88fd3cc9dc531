import createCache, { type EmotionCache } from '@emotion/cache'
import { act, render, screen } from '@testing-library/react'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import { App } from '../../../renderer/app/App.tsx'
import { createDeskStore } from '../../../renderer/app/desk-store.ts'
import { createDraftStore, type DraftStore } from '../../../renderer/app/draft-store.ts'
import { createFieldPlaces } from '../../../renderer/app/field-places.ts'
import { LeftStates } from '../../../renderer/app/left-states.ts'
import { createOpenTabs } from '../../../renderer/app/open-tabs.ts'
import { createLanguage } from '../../../renderer/i18n/language.ts'
import type { ScreenLanguage } from '../../../renderer/i18n/formats.ts'
import { createRecordedBridge, type RecordedBridge } from '../../support/recorded-bridge.ts'

export interface Stand {
  readonly bridge: RecordedBridge
  readonly drafts: DraftStore
  readonly user: UserEvent
  /** Lets the core send something, and waits until the screens have painted it. */
  happens(what: () => void): Promise<void>
  unmount(): void
}

/** Makes class names without CSS rules: jsdom computes styles for every query by role, and no test checks the looks. */
const withoutRules = (): EmotionCache => Object.assign(createCache({ key: 't' }), { insert: () => undefined })

/** The storage that a browser keeps for a page, empty at first. */
export function emptyStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text) }
}

/** Chooses the reason and the outcome of the call: without these a wrap-up warns first. */
export async function chooseReasonAndOutcome(user: UserEvent): Promise<void> {
  await user.selectOptions(screen.getByRole('combobox', { name: 'Reason for contact' }), 'quote')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Outcome' }), 'resolved')
}

/** Opens the whole window over a bridge that records what it is asked. */
export async function openWindow(
  language: ScreenLanguage = 'en',
  storage: Pick<Storage, 'getItem' | 'setItem'> = emptyStorage(),
  bridge = createRecordedBridge(),
): Promise<Stand> {
  const drafts = createDraftStore(bridge, Date.now)
  const stores = {
    drafts,
    desk: createDeskStore(bridge, drafts, Date.now),
    left: new LeftStates(),
    openTabs: createOpenTabs(storage, storage),
    places: createFieldPlaces(storage),
  }
  const words = await createLanguage(language, { setItem: () => {} })
  const view = render(<App bridge={bridge} stores={stores} language={words} styles={withoutRules()} nonce="" />)
  const happens = (what: () => void): Promise<void> =>
    act(async () => {
      what()
      await new Promise((resolve) => setTimeout(resolve, 0))
    })
  await happens(() => {})
  return {
    bridge,
    drafts,
    user: userEvent.setup({ delay: null, pointerEventsCheck: 0 }),
    happens,
    unmount: () => view.unmount(),
  }
}
