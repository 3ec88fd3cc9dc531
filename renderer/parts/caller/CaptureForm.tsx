import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { styled } from '@mui/material/styles'
import { useDraft, useStores } from '../../app/stores.ts'
import type { DraftContent } from '../../../protocol/draft.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Key } from '../key/Key.tsx'
import { useAct } from '../notice/use-act.ts'
import { HitLine, useCustomerSearch } from '../search/CustomerSearch.tsx'
import { Chooser } from './Chooser.tsx'

const Form = styled('form')({ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 8, maxWidth: 640 })

type Capture = NonNullable<DraftContent['capture']>
const fields = ['name', 'nativeName', 'company', 'city', 'phone'] as const

/** An unknown caller: who they are, typed while they say it; whoever is known already shows up meanwhile. */
export function CaptureForm({ desk, now }: { desk: DeskCall; now: number }) {
  const { say } = useWords()
  const act = useAct()
  const { drafts } = useStores()
  const { callId } = desk.call
  const key = desk.draft.key
  const { content, change } = useDraft(key)
  const number = desk.number?.display ?? ''
  const capture: Capture = content.capture ?? { name: '', nativeName: '', company: '', city: '', phone: number }
  const asked = [capture.nativeName, capture.name, capture.company].find((text) => text.trim() !== '') ?? ''
  const { hits: known } = useCustomerSearch(asked, 5)
  const suggestions = desk.match.kind === 'none' ? desk.match.suggestions : []
  const set = (field: keyof Capture, text: string): void => change({ capture: { ...capture, [field]: text } })
  const save = async (): Promise<void> => {
    if (content.capture === null) change({ capture })
    if (await drafts.flush(key)) await act('desk.capture', { callId })
  }
  return (
    <section aria-label={say('call/capture/title')}>
      <h2>{say('call/capture/title')}{number === '' ? '' : `: ${number}`} <Key of="who" /></h2>
      <Form onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}>
        {fields.map((field) => (
          <TextField
            key={field} label={say(`call/capture/${field}`)} value={capture[field]} autoComplete="off"
            onChange={(event) => set(field, event.target.value)} slotProps={{ htmlInput: { maxLength: 300 } }}
          />
        ))}
        <Button type="submit" variant="contained">{say('call/capture/save')}</Button>
      </Form>
      {asked !== '' && known !== undefined && known.length > 0 && (
        <>
          <h3>{say('call/capture/known')}</h3>
          {known.map((hit) => (
            <div key={hit.customerId}>
              <Button color="inherit" sx={{ textAlign: 'left' }} onClick={() => void act('desk.pick', { callId, customerId: hit.customerId, once: false })}><HitLine hit={hit} /></Button>
            </div>
          ))}
        </>
      )}
      {suggestions.length > 0 && (
        <>
          <h3>{say('call/capture/suggestions')}</h3>
          <Chooser candidates={suggestions} now={now} label={say('call/capture/suggestions')} onPick={(customerId) => void act('desk.pick', { callId, customerId, once: true })} />
        </>
      )}
    </section>
  )
}
