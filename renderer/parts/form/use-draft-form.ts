import { useState } from 'react'
import { v7 as uuidv7 } from 'uuid'
import type { DraftContent } from '../../../protocol/draft.ts'
import { useDraft } from '../../app/stores.ts'

type DraftFormName = 'capture' | 'quote' | 'complaint' | 'preference' | 'edit'
type Text<F extends DraftFormName> = Omit<NonNullable<DraftContent[F]>, 'id'>

/** The text of a form, the id of what it will make, and how to change and to clear it. */
export interface DraftForm<F extends DraftFormName> {
  readonly text: Text<F>
  readonly id: string
  readonly set: (patch: Partial<Text<F>>) => void
  /** Call this when the form was sent or is abandoned: it is empty again, and what it makes next gets another id. */
  readonly clear: () => void
}

/**
 * A form whose text is part of a draft. The id of what it makes is chosen when it opens and kept with the text, so that
 * two presses, two windows or another attempt after a crash make only one thing.
 */
export function useDraftForm<F extends DraftFormName>(draftKey: string, form: F, empty: Text<F>): DraftForm<F> {
  const { content, change } = useDraft(draftKey)
  const [given, giveAgain] = useState<string>(() => uuidv7())
  const kept = content[form] as (Text<F> & { readonly id?: string }) | null
  const text = kept ?? empty
  const id = kept?.id ?? given
  return {
    text,
    id,
    set: (patch) => change({ [form]: { ...text, id, ...patch } }),
    clear: () => {
      change({ [form]: null })
      giveAgain(uuidv7())
    },
  }
}
