import Button from '@mui/material/Button'
import { Component, type ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'

function Failed() {
  const { say } = useWords()
  return (
    <div role="alert" style={{ padding: 32 }}>
      <h1 style={{ fontSize: 18 }}>{say('shell/failed/title')}</h1>
      <p>{say('shell/failed/text')}</p>
      <Button variant="contained" onClick={() => location.reload()}>{say('shell/failed/reload')}</Button>
    </div>
  )
}

/** A component that fails takes its part of the screen with it, not the drafts: they live outside. */
export class FailureFence extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }
  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children
  }
}
