import Button from '@mui/material/Button'
import CssBaseline from '@mui/material/CssBaseline'
import { ThemeProvider } from '@mui/material/styles'
import { CacheProvider, type EmotionCache } from '@emotion/react'
import type { i18n } from 'i18next'
import { useEffect, useState, type ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { BridgeContext, useConnection } from '../bridge/bridge-context.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { useWatch } from '../bridge/use-watch.ts'
import { WordsProvider } from '../i18n/WordsProvider.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Quiet } from '../parts/list-table/ListTable.tsx'
import { NoticeFoot } from '../parts/notice/NoticeFoot.tsx'
import { SignInScreen } from '../screens/sign-in/SignInScreen.tsx'
import { FailureFence } from './FailureFence.tsx'
import { PlainStrip } from './PlainStrip.tsx'
import { Shell } from './Shell.tsx'
import { showWhole } from './show-whole.ts'
import { StoresContext, useDeskCalls, useStores, type Stores } from './stores.ts'
import { theme } from './theme.ts'

/** What all screens need; the composition root passes it in. */
export interface AppProps {
  readonly bridge: ScreenBridge
  readonly stores: Stores
  readonly language: i18n
  readonly styles: EmotionCache
  /** The nonce of the page's Content-Security-Policy; empty where there is none. */
  readonly nonce: string
}

export function App({ bridge, stores, language, styles, nonce }: AppProps) {
  useEffect(() => showWhole(document), [])
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" noSsr disableTransitionOnChange>
        <CssBaseline enableColorScheme />
        <I18nextProvider i18n={language}>
          <BridgeContext value={bridge}>
            <StoresContext value={stores}>
              <Gate nonce={nonce} />
            </StoresContext>
          </BridgeContext>
        </I18nextProvider>
      </ThemeProvider>
    </CacheProvider>
  )
}

/** Shows the sign-in first, then the work; words and formats follow the site. */
function Gate({ nonce }: { nonce: string }) {
  const { value: session } = useWatch('session', {})
  const userId = session?.identity?.userId ?? null
  const signedIn = userId !== null
  return (
    <WordsProvider site={session?.site ?? null}>
      <Whole>
        {session === undefined && <Waiting />}
        {session && !signedIn && <SignInScreen />}
        {session && signedIn && (
          <NoticeFoot>
            <OfOneUser key={userId} userId={userId}>
              <Whole calls>
                <Shell session={session} nonce={nonce} />
              </Whole>
            </OfOneUser>
          </NoticeFoot>
        )}
      </Whole>
    </WordsProvider>
  )
}

/**
 * The fence around all other fences: where something between them fails, it still shows the calls, and a button to
 * reload the window.
 */
function Whole({ calls = false, children }: { calls?: boolean; children: ReactNode }) {
  const { say } = useWords()
  const reload = (
    <Button variant="contained" onClick={() => location.reload()}>
      {say('shell/failed/reload')}
    </Button>
  )
  return (
    <FailureFence
      part={calls ? 'shell' : 'window'}
      name={say('shell/failed/window')}
      instead={
        <>
          {calls && <CallsAlone />}
          {reload}
        </>
      }
    >
      {children}
    </FailureFence>
  )
}

function CallsAlone() {
  return <PlainStrip calls={useDeskCalls()} />
}

/** Separates users: what one user left open or typed is not shown to the next. */
function OfOneUser({ userId, children }: { userId: string; children: ReactNode }) {
  const { desk, drafts, left, places } = useStores()
  // Done while rendering, because the fields below ask for their places as soon as they are made.
  useState(() => places.nowFor(userId))
  useEffect(() => {
    drafts.nowFor(userId)
    // The user's calls may have been listed before the user was known.
    desk.adoptDrafts()
    return () => left.clear()
  }, [desk, drafts, left, userId])
  return children
}

function Waiting() {
  const { say } = useWords()
  const connection = useConnection()
  return (
    <Quiet role="status">
      {say(connection === 'connected' ? 'shell/core/connecting' : `shell/core/${connection}`)}
    </Quiet>
  )
}
