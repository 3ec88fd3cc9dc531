import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { DraftContent } from '../../../protocol/draft.ts'
import { SHORT_TEXT, type CustomerId } from '../../../protocol/scalars.ts'
import type { SearchHit } from '../../../protocol/workstation.ts'
import { useStores } from '../../app/stores.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Form, SubmitButton } from '../form/Form.tsx'
import { DraftField } from '../form/LimitedField.tsx'
import { useDraftForm } from '../form/use-draft-form.ts'
import { State } from '../list-table/State.tsx'
import { useAct } from '../notice/use-act.ts'
import { HitLine, useCustomerSearch } from '../search/CustomerSearch.tsx'
import { WHO_STOP } from './next-stop.ts'

const Frame = styled(Form)({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
  gap: '12px 8px',
  maxWidth: 640,
})

type Text = Omit<NonNullable<DraftContent['capture']>, 'id'>
const fields = ['name', 'nativeName', 'company', 'city', 'phone'] as const

/** How many companies are offered while a company's name is typed. */
const MOST_COMPANIES = 3

/** The form for a new customer, filled in while they say who they are; matching known customers are shown meanwhile. */
export function CaptureForm({
  draftKey,
  number,
  name = '',
  autoFocus = false,
  onKnown,
  onSaved,
}: {
  draftKey: string
  /** The customer's number, as far as it is known. */
  number: string
  /** The search text with which the agent looked for them. */
  name?: string
  autoFocus?: boolean
  /** The agent has found that this is a known customer. */
  onKnown: (customerId: CustomerId, hit: SearchHit) => void
  onSaved?: (customer: {
    readonly customerId: CustomerId
    readonly displayName: string
    readonly nativeName: string | null
  }) => void
}) {
  const { say } = useWords()
  const act = useAct()
  const { drafts } = useStores()
  const {
    text: capture,
    set,
    clear,
  } = useDraftForm(draftKey, 'capture', {
    name,
    nativeName: '',
    company: '',
    organisationId: null,
    city: '',
    phone: number,
  })
  const isPerson = `${capture.name}${capture.nativeName}`.trim() !== ''
  const asked = [capture.nativeName, capture.name, capture.company].find((text) => text.trim() !== '') ?? ''
  const { hits: known } = useCustomerSearch(asked, 5)
  const company = isPerson ? capture.company : ''
  const companies = useCustomerSearch(company, 20)
    .hits.filter(({ kind }) => kind === 'organisation')
    .slice(0, MOST_COMPANIES)
  const type = (field: keyof Text, text: string): void =>
    set({ [field]: text, ...(field === 'company' ? { organisationId: null } : {}) })
  const save = async (): Promise<void> => {
    // Also save an empty form, because the check behind it says what is missing.
    set({})
    if (!(await drafts.flush(draftKey))) return
    const saved = await act('desk.capture', { key: draftKey })
    if (!saved.ok) return
    clear()
    const [displayName, nativeName] = [
      capture.name.trim() || capture.nativeName.trim() || capture.company.trim(),
      capture.nativeName.trim() || null,
    ]
    onSaved?.({ customerId: saved.value.customerId, displayName, nativeName })
  }
  return (
    <>
      <Frame aria-label={say('call/capture/newCustomer')} onSubmit={save}>
        {fields.map((field, n) => (
          <DraftField
            key={field}
            draftKey={draftKey}
            name={`capture.${field}`}
            label={say(`call/capture/${field}`)}
            value={capture[field]}
            limit={SHORT_TEXT}
            autoFocus={autoFocus && n === 0}
            onText={(text) => type(field, text)}
            input={n === 0 ? { [WHO_STOP]: '' } : {}}
          />
        ))}
        <SubmitButton>{say('call/capture/save')}</SubmitButton>
      </Frame>
      {company.trim() !== '' && (
        <section aria-label={say('call/capture/company')}>
          {capture.organisationId !== null && <State meaning="success">{say('call/capture/companyKnown')}</State>}
          {capture.organisationId === null && (
            <State meaning="plain">{say('call/capture/companyNew', { name: company.trim() })}</State>
          )}
          {capture.organisationId === null &&
            companies.map((hit) => (
              <div key={hit.customerId}>
                <Button
                  color="inherit"
                  sx={{ textAlign: 'left' }}
                  onClick={() => set({ company: hit.nativeName ?? hit.displayName, organisationId: hit.customerId })}
                >
                  <span>
                    {say('call/capture/worksFor')} <HitLine hit={hit} />
                  </span>
                </Button>
              </div>
            ))}
        </section>
      )}
      {asked !== '' && known.length > 0 && (
        <section aria-label={say('call/capture/known')}>
          <h3>{say('call/capture/known')}</h3>
          {known.map((hit) => (
            <div key={hit.customerId}>
              <Button color="inherit" sx={{ textAlign: 'left' }} onClick={() => onKnown(hit.customerId, hit)}>
                <HitLine hit={hit} />
              </Button>
            </div>
          ))}
        </section>
      )}
    </>
  )
}
