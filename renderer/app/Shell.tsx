import Button from '@mui/material/Button'
import { styled, useColorScheme } from '@mui/material/styles'
import { lazy, Suspense, useCallback, useState } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { useConnection } from '../bridge/bridge-context.ts'
import { useWatch } from '../bridge/use-watch.ts'
import { CustomerId } from '../../protocol/scalars.ts'
import type { DeskCall, SearchHit, Session } from '../../protocol/workstation.ts'
import { useWords } from '../i18n/use-words.ts'
import { DecisionNotice } from '../parts/approval/DecisionNotice.tsx'
import { AgentStateMenu } from '../parts/call-strip/AgentStateMenu.tsx'
import { CallStrip } from '../parts/call-strip/CallStrip.tsx'
import { callerWords } from '../parts/caller/caller-words.ts'
import { EraseDialog } from '../parts/erase/EraseDialog.tsx'
import { may } from '../../domain/permissions.ts'
import { Icon } from '../parts/icon/Icon.tsx'
import { NamedDialog } from '../parts/dialog/NamedDialog.tsx'
import { KeyHelp } from '../parts/key/KeyHelp.tsx'
import { Quiet } from '../parts/list-table/ListTable.tsx'
import { Palette } from '../parts/palette/Palette.tsx'
import { shortName, type CustomerNames } from '../parts/record/customer-name.ts'
import { foundLeft, viewFound, viewLeft, type FoundNumber } from '../parts/record/record-view.ts'
import { Banners } from '../parts/sync/Banners.tsx'
import { SyncButton } from '../parts/sync/SyncButton.tsx'
import { CallsScreen } from '../screens/calls/CallsScreen.tsx'
import { tabsOf } from '../screens/calls/tabs-of.ts'
import { SearchScreen } from '../screens/search/SearchScreen.tsx'
import { SignInScreen } from '../screens/sign-in/SignInScreen.tsx'
import { AskToEraseContext, type AskToErase } from './ask-to-erase.ts'
import { tabKeys } from './keys.ts'
import { newCustomerLeft, SEARCH_TEXT } from './new-customer.ts'
import { OpenCustomerContext, type OpenCustomer } from './open-customer.ts'
import { FailureFence } from './FailureFence.tsx'
import { PlainStrip } from './PlainStrip.tsx'
import { narrowWindow } from './window-sizes.ts'
import { Rail } from './Rail.tsx'
import { Rehearsal } from './Rehearsal.tsx'
import { useDeskCalls, useStores } from './stores.ts'
import { useErased } from './use-erased.ts'
import { useOneNote } from './use-one-note.ts'
import { strikeKey, useKeys, type KeyActions } from './use-keys.ts'
import { usePaletteActions } from './use-palette-actions.ts'
import { useWorkspace } from './use-workspace.ts'
import { nameIn, placesOf, type OpenedCustomer, type TabId } from './workspace.ts'

const CallbacksScreen = lazy(async () => import('../screens/callbacks/CallbacksScreen.tsx'))
const ApprovalsScreen = lazy(async () => import('../screens/approvals/ApprovalsScreen.tsx'))
const ComplaintsScreen = lazy(async () => import('../screens/complaints/ComplaintsScreen.tsx'))

const Frame = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateRows: 'auto minmax(0, 1fr)',
  height: '100%',
  minHeight: 0,
  '& > .strip': {
    display: 'flex',
    alignItems: 'center',
    gap: 8,
    height: 44,
    boxSizing: 'border-box',
    padding: '0 8px',
    backgroundColor: theme.vars.palette.background.paper,
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
    minWidth: 0,
  },
  '& > .strip > *': { flexShrink: 0 },
  '& > .strip > .calls': { flex: '1 1 auto', minWidth: 0 },
  // Two calls side by side need the whole width. Their line is kept free also without a call, so that nothing moves
  // when a call comes.
  [narrowWindow]: {
    '& > .strip': { flexWrap: 'wrap', height: 80, alignContent: 'space-evenly' },
    '& > .strip > .calls': { order: 1, flex: '0 0 100%' },
    '& > .strip > .sync': { flex: '1 1 0', justifyContent: 'flex-end' },
  },
  '& > .strip > .sync': { display: 'flex', minWidth: 0, flexShrink: 1000 },
  '& > .work': {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
    minHeight: 0,
  },
  '& > .work > main': { minHeight: 0, minWidth: 0, height: '100%', overflow: 'hidden' },
}))

type Overlay = 'palette' | 'help' | 'signIn' | null

/** The window: rail, strip, and the place that the user is at. */
export function Shell({ session, nonce }: { session: Session; nonce: string }) {
  const words = useWords()
  const { say, language, setLanguage } = words
  const { mode, systemMode, setMode } = useColorScheme()
  const { desk: store, left } = useStores()
  const calls = useDeskCalls()
  const sync = useWatch('sync.state', {}).value
  const connection = useConnection()
  const [workspace, dispatch] = useWorkspace(session.identity?.userId ?? '')
  const [overlay, setOverlay] = useState<Overlay>(null)
  const [erasing, setErasing] = useState<OpenedCustomer | null>(null)
  useErased(workspace, dispatch)
  useOneNote(calls)
  const dark = (mode === 'system' ? systemMode : mode) === 'dark'
  const tabs = tabsOf(calls, workspace)
  const openCustomer = useCallback<OpenCustomer>(
    (customer, view, found) => {
      if (view) left.set(viewLeft(customer.customerId), view)
      left.set(
        foundLeft(customer.customerId),
        view && found ? ({ number: found, reached: false } satisfies FoundNumber) : null,
      )
      dispatch({
        kind: 'openCustomer',
        customer: { customerId: customer.customerId, name: shortName(customer, language), names: customer },
      })
    },
    [dispatch, language, left],
  )
  const openFound = (hit: SearchHit): void => openCustomer(hit, viewFound(hit), hit.found)
  const nameOf = (desk: DeskCall): CustomerNames | undefined =>
    desk.customerId === null ? undefined : store.seedOf(desk.customerId)?.customer
  const newCustomer = (typed: unknown): void => {
    const customerId = CustomerId.parse(uuidv7())
    left.set(newCustomerLeft(customerId), typeof typed === 'string' ? typed : '')
    dispatch({ kind: 'openCustomer', customer: { customerId, name: say('call/capture/newCustomer') } })
  }
  const { active } = workspace
  const shown = workspace.place === 'calls' && active?.kind === 'call' ? active.callId : null
  // In a call whose customer is not known yet, "new customer" means the caller.
  const askingWho =
    workspace.place === 'calls' &&
    active?.kind === 'call' &&
    calls.some((desk) => desk.call.callId === active.callId && desk.customerId === null)
  const places = placesOf(session.identity?.role)
  const askToErase: AskToErase = session.identity && may(session.identity.role, 'customer.erase') ? setErasing : null
  const atHand = openedAt(active, workspace.customers)

  const byTab: KeyActions = Object.fromEntries(
    tabKeys.map((key, n) => [
      key,
      () => {
        const tab = tabs[n]
        if (tab) dispatch({ kind: 'show', tab })
      },
    ]),
  )
  useKeys({
    ...byTab,
    palette: () => setOverlay('palette'),
    help: () => setOverlay('help'),
    calls: () => dispatch({ kind: 'go', place: 'calls' }),
    search: () => dispatch({ kind: 'go', place: 'search' }),
    callbacks: () => dispatch({ kind: 'go', place: 'callbacks' }),
    complaints: () => dispatch({ kind: 'go', place: 'complaints' }),
    ...(askingWho ? {} : { newCustomer: () => newCustomer(workspace.place === 'search' ? left.get(SEARCH_TEXT) : '') }),
    ...(places.includes('approvals') ? { approvals: () => dispatch({ kind: 'go', place: 'approvals' }) } : {}),
    ...(active?.kind === 'customer' ? { closeTab: () => dispatch({ kind: 'close', tab: active }) } : {}),
  })
  const actions = usePaletteActions({
    places,
    go: (place) => dispatch({ kind: 'go', place }),
    toggleScheme: () => setMode(dark ? 'light' : 'dark'),
    showHelp: () => setOverlay('help'),
    // The palette gives the focus back when it closes; the form must take it after that.
    newCustomer: () => void setTimeout(() => strikeKey('newCustomer'), 0),
    dark,
    call: { calls, shown, callerOf: (desk) => callerWords(desk, words, nameOf(desk)).name },
    erase: askToErase && atHand ? { name: nameIn(atHand, language), ask: () => askToErase(atHand) } : null,
  })

  return (
    <Frame>
      <header className="strip">
        <FailureFence part="agent-state" name={say('shell/agentState/label')}>
          <AgentStateMenu />
        </FailureFence>
        <div className="calls">
          <FailureFence part="strip" name={say('call/strip')} of={calls} instead={<PlainStrip calls={calls} />}>
            <OpenCustomerContext value={openCustomer}>
              <CallStrip
                calls={calls}
                waiting={workspace.waiting}
                open={shown}
                nameOf={nameOf}
                onShow={(callId) => dispatch({ kind: 'show', tab: { kind: 'call', callId } })}
              />
            </OpenCustomerContext>
          </FailureFence>
        </div>
        {/* Without the core the sync state is unknown; the line at the foot tells that the core is gone. */}
        <div className="sync">
          <FailureFence part="decisions" name={say('shell/place/approvals')}>
            <DecisionNotice onOpen={openCustomer} />
          </FailureFence>
          {sync && connection !== 'gone' && (
            <FailureFence part="sync" name={say('shell/sync/listTitle')} of={sync}>
              <SyncButton sync={sync} short={calls.filter(({ call }) => call.phase !== 'ended').length > 1} />
            </FailureFence>
          )}
        </div>
        <Button onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')} aria-label={say('shell/switchLanguage')}>
          中/EN
        </Button>
        <Button
          onClick={() => setMode(dark ? 'light' : 'dark')}
          aria-label={dark ? say('shell/lightScheme') : say('shell/darkScheme')}
        >
          <Icon name={dark ? 'sun' : 'moon'} />
        </Button>
      </header>
      <FailureFence part="banners" name={say('shell/sync/listTitle')} of={sync}>
        <Banners
          sync={sync}
          session={session}
          signIn={<Button onClick={() => setOverlay('signIn')}>{say('shell/sync/signInAgain')}</Button>}
        />
      </FailureFence>
      <div className="work">
        <FailureFence part="rail" name={say('shell/places')} of={workspace.place}>
          <Rail places={places} place={workspace.place} onGo={(place) => dispatch({ kind: 'go', place })} />
        </FailureFence>
        <main>
          <FailureFence part={workspace.place} name={say(`shell/place/${workspace.place}`)} of={workspace.place}>
            {workspace.place === 'calls' && (
              <AskToEraseContext value={askToErase}>
                <OpenCustomerContext value={openCustomer}>
                  <CallsScreen calls={calls} workspace={workspace} dispatch={dispatch} />
                </OpenCustomerContext>
              </AskToEraseContext>
            )}
            {workspace.place === 'search' && (
              <SearchScreen onOpen={openFound} onNew={() => newCustomer(left.get(SEARCH_TEXT))} />
            )}
            <Suspense fallback={<Quiet>{say('shell/loading')}</Quiet>}>
              {workspace.place === 'callbacks' && <CallbacksScreen onOpen={openCustomer} nonce={nonce} />}
              {workspace.place === 'approvals' && places.includes('approvals') && (
                <ApprovalsScreen onOpen={openCustomer} />
              )}
              {workspace.place === 'complaints' && <ComplaintsScreen onOpen={openCustomer} nonce={nonce} />}
            </Suspense>
          </FailureFence>
        </main>
      </div>
      <FailureFence part="overlay" name={say('shell/failed/dialog')} of={overlay ?? erasing}>
        {overlay === 'palette' && <Palette offer={actions} onCustomer={openFound} onClose={() => setOverlay(null)} />}
        {erasing && <EraseDialog customer={erasing} onClose={() => setErasing(null)} />}
        {overlay === 'help' && <KeyHelp onClose={() => setOverlay(null)} />}
        {overlay === 'signIn' && (
          <NamedDialog label={say('shell/signIn/title')} width={400} onClose={() => setOverlay(null)}>
            <SignInScreen onCancel={() => setOverlay(null)} />
          </NamedDialog>
        )}
      </FailureFence>
      <Rehearsal called={calls.length > 0} />
    </Frame>
  )
}

/** The customer whose own tab is open. A customer in a call is erased from their record instead. */
const openedAt = (active: TabId | null, customers: readonly OpenedCustomer[]): OpenedCustomer | undefined =>
  active?.kind === 'customer' ? customers.find(({ customerId }) => customerId === active.customerId) : undefined
