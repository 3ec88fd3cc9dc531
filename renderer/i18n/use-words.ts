import { createContext, useContext } from 'react'
import type { Refusal } from '../../protocol/errors.ts'
import type { Site } from '../../protocol/workstation.ts'
import type { Formats, ScreenLanguage } from './formats.ts'
import type { WordKey } from './words.ts'

export type Say = (key: WordKey, params?: Readonly<Record<string, string | number>>) => string

/** Everything a component needs for its texts: words, formats, refusals. */
export interface Words {
  readonly say: Say
  readonly formats: Formats
  readonly language: ScreenLanguage
  readonly site: Site
  /** A refusal's sentence in the language of the screen. */
  refusal(refusal: Refusal): string
  setLanguage(language: ScreenLanguage): void
}

export const WordsContext = createContext<Words | null>(null)

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('no words above this component')
  return words
}
