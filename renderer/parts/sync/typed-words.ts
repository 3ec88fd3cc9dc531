import type { UnsentItem } from '../../../protocol/workstation.ts'

/** Arguments that mean nothing to a person. */
const isMachine = (key: string, value: unknown): boolean =>
  /Id$|^e164$|^nationalKey$|^region$|Version$|Revision$|At$|Until$|Ms$/.test(key) || value === null || value === '' || typeof value === 'boolean'

/** What was typed into a command, readable: the texts and numbers of its arguments, ids left out; `money` says an amount in minor units. */
export function typedWords(args: UnsentItem['args'], money: (amountMinor: number) => string): string {
  const found: string[] = []
  const collect = (key: string, value: unknown): void => {
    if (isMachine(key, value)) return
    if (typeof value === 'string') found.push(value)
    else if (typeof value === 'number') found.push(key.endsWith('Minor') ? money(value) : String(value))
    else if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) collect(name, inner)
  }
  for (const [key, value] of Object.entries(args)) collect(key, value)
  return found.join(' · ')
}
