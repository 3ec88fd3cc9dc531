import { z } from 'zod'

/** The user's place in a field: the selection and how far it was scrolled. */
export interface FieldPlace {
  readonly start: number
  readonly end: number
  readonly top: number
}

const Offset = z.int().min(0)
const Kept = z.array(
  z.strictObject({
    draftKey: z.string(),
    last: z.string().nullable(),
    fields: z.record(z.string(), z.tuple([Offset, Offset, Offset])),
  }),
)
type Kept = z.infer<typeof Kept>[number]

/** Only the latest drafts are kept; older ones were wrapped up long ago. */
const MOST_DRAFTS = 40

/**
 * Keeps the user's place in each field of a draft, and which field had the focus, so that they go on there when they
 * come back to it: after another tab, another screen or a reload. It keeps offsets only, never a word of the text.
 */
export interface FieldPlaces {
  /** Switches to this user's places: those of other users are not used. */
  nowFor(userId: string): void
  read(draftKey: string, field: string): FieldPlace | null
  write(draftKey: string, field: string, place: FieldPlace): void
  /**
   * The field of this draft that has, or last had, the focus; null where the focus moved to something else in the
   * draft.
   */
  lastIn(draftKey: string): string | null
  enter(draftKey: string, field: string | null): void
  forget(draftKey: string): void
  /** Call this when a draft comes onto the screen: its last field gets the focus as soon as it is there. */
  comeBack(draftKey: string): void
  isAwaited(draftKey: string, field: string): boolean
  /** The user has pressed a key or clicked: no field is given the focus any more. */
  goOn(): void
}

export function createFieldPlaces(storage: Pick<Storage, 'getItem' | 'setItem'>): FieldPlaces {
  let userId = ''
  let kept: Kept[] = []
  let awaited: { draftKey: string; field: string } | null = null
  const storageKey = (): string => `ringside.places.${userId}`
  const of = (draftKey: string): Kept | undefined => kept.find((draft) => draft.draftKey === draftKey)
  const put = (changed: Kept): void => {
    kept = [changed, ...kept.filter(({ draftKey }) => draftKey !== changed.draftKey)].slice(0, MOST_DRAFTS)
    storage.setItem(storageKey(), JSON.stringify(kept))
  }
  return {
    nowFor(next) {
      if (userId === next) return
      userId = next
      awaited = null
      try {
        kept = Kept.parse(JSON.parse(storage.getItem(storageKey()) ?? '[]'))
      } catch {
        // Anything else in the storage was not written by this version: start with no places.
        kept = []
      }
    },
    read(draftKey, field) {
      const place = of(draftKey)?.fields[field]
      return place ? { start: place[0], end: place[1], top: place[2] } : null
    },
    write(draftKey, field, { start, end, top }) {
      const draft = of(draftKey) ?? { draftKey, last: null, fields: {} }
      put({ ...draft, fields: { ...draft.fields, [field]: [start, end, Math.round(top)] } })
    },
    lastIn: (draftKey) => of(draftKey)?.last ?? null,
    enter(draftKey, field) {
      const draft = of(draftKey) ?? { draftKey, last: null, fields: {} }
      if (draft.last !== field) put({ ...draft, last: field })
    },
    forget(draftKey) {
      kept = kept.filter((draft) => draft.draftKey !== draftKey)
      storage.setItem(storageKey(), JSON.stringify(kept))
    },
    comeBack(draftKey) {
      const field = of(draftKey)?.last ?? null
      awaited = field === null ? null : { draftKey, field }
    },
    isAwaited: (draftKey, field) => awaited?.draftKey === draftKey && awaited.field === field,
    goOn() {
      awaited = null
    },
  }
}
