import CssBaseline from '@mui/material/CssBaseline'
import { ThemeProvider } from '@mui/material/styles'
import { CacheProvider, type EmotionCache } from '@emotion/react'
import type { i18n } from 'i18next'
import { useEffect, type ReactNode } from 'react'
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
import { Shell } from './Shell.tsx'
import { StoresContext, useStores, type Stores } from './stores.ts'
import { theme } from './theme.ts'

/** Everything the screens stand on, given by the composition root. */
export interface AppProps {
  readonly bridge: ScreenBridge
  readonly stores: Stores
  readonly language: i18n
  readonly styles: EmotionCache
  /** Of the page's Content-Security-Policy; empty where there is none. */
  readonly nonce: string
}

export function App({ bridge, stores, language, styles, nonce }: AppProps) {
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

/** Sign-in first, then the work; the words follow the site. */
function Gate({ nonce }: { nonce: string }) {
  const { value: session } = useWatch('session', {})
  const userId = session?.identity?.userId ?? null
  const signedIn = userId !== null
  return (
    <WordsProvider site={session?.site ?? null}>
      <FailureFence>
        {session === undefined && <Waiting />}
        {session && !signedIn && <SignInScreen />}
        {session && signedIn && <NoticeFoot><LeftToNobody key={userId}><Shell session={session} nonce={nonce} /></LeftToNobody></NoticeFoot>}
      </FailureFence>
    </WordsProvider>
  )
}

/** What one user left open is not the next one's to see; what is not on disk yet is kept until it is. */
function LeftToNobody({ children }: { children: ReactNode }) {
  const { drafts, left } = useStores()
  useEffect(() => () => {
    left.clear()
    drafts.forgetSaved()
  }, [drafts, left])
  return children
}

function Waiting() {
  const { say } = useWords()
  return <Quiet role="status">{useConnection() === 'gone' ? say('shell/core/gone') : say('shell/core/connecting')}</Quiet>
}
