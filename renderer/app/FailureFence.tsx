import Button from '@mui/material/Button'
import { Component, useCallback, type ErrorInfo, type ReactNode } from 'react'
import { useBridge } from '../bridge/bridge-context.ts'
import { useWords } from '../i18n/use-words.ts'
import { failureReport } from './failure-report.ts'

interface FenceProps {
  /** The part's name in the log. */
  readonly part: string
  /** The part's name on the screen, in the language of the screen. */
  readonly name: string
  /** What the part shows: when it changes, the part is tried again without a click. */
  readonly of?: unknown
  /** What is shown in place of the part, besides the sentence that it failed. */
  readonly instead?: ReactNode
  readonly children: ReactNode
}

/**
 * A component that fails removes only its own part of the screen. The part says what failed and can be tried again.
 * Drafts are kept outside of the components, so nothing that was typed is lost.
 */
export function FailureFence(props: FenceProps) {
  const bridge = useBridge()
  const { part } = props
  const onFailed = useCallback(
    (error: unknown) => void bridge.act('screen.failed', failureReport(part, error)),
    [bridge, part],
  )
  return <Fence {...props} onFailed={onFailed} />
}

interface FenceState {
  readonly failed: boolean
  readonly of: unknown
}

class Fence extends Component<FenceProps & { readonly onFailed: (error: unknown) => void }, FenceState> {
  override state: FenceState = { failed: false, of: this.props.of }
  static getDerivedStateFromError(): Partial<FenceState> {
    return { failed: true }
  }
  static getDerivedStateFromProps({ of }: FenceProps, state: FenceState): FenceState | null {
    return Object.is(of, state.of) ? null : { failed: false, of }
  }
  override componentDidCatch(error: unknown, _info: ErrorInfo): void {
    this.props.onFailed(error)
  }
  override render(): ReactNode {
    const { name, instead, children } = this.props
    return this.state.failed ? (
      <Failed name={name} onAgain={() => this.setState({ failed: false })}>
        {instead}
      </Failed>
    ) : (
      children
    )
  }
}

function Failed({ name, onAgain, children }: { name: string; onAgain: () => void; children: ReactNode }) {
  const { say } = useWords()
  return (
    <div style={{ padding: '4px 12px', minWidth: 0, overflow: 'auto' }}>
      <span role="alert">
        {say('shell/failed/part', { name })} {say('shell/failed/kept')}
      </span>{' '}
      <Button onClick={onAgain}>{say('shell/failed/again')}</Button>
      {children}
    </div>
  )
}
