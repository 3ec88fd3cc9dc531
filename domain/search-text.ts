/** Text as the search compares it: one form for full width and half width, no case, no accents. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{Mn}/gu, '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

export const hasCjk = (text: string): boolean => cjk.test(text)

/** CJK characters each a token of its own, the rest as words: "李伟 Ltd" → "李 伟 ltd". Finds two-character names, which trigrams cannot. */
export function searchTokens(text: string): string[] {
  const out: string[] = []
  for (const word of foldText(text).split(/[^\p{L}\p{N}]+/u)) {
    let run = ''
    for (const ch of word) {
      if (cjk.test(ch)) {
        if (run) out.push(run)
        run = ''
        out.push(ch)
      } else run += ch
    }
    if (run) out.push(run)
  }
  return out
}

/** What a person typed into the search: a phrase in CJK, digits of a number, an e-mail address, or words. */
export type SearchQuery =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'cjk'; readonly tokens: readonly string[] }
  /** Digits as typed and folded; may be a phone fragment, an order or an account number. */
  | { readonly kind: 'digits'; readonly digits: string; readonly text: string }
  | { readonly kind: 'email'; readonly text: string }
  | { readonly kind: 'words'; readonly tokens: readonly string[]; readonly text: string }

export function readSearchQuery(typed: string): SearchQuery {
  const text = foldText(typed)
  if (!text) return { kind: 'nothing' }
  if (/^\S+@\S*$/.test(text)) return { kind: 'email', text }
  if (hasCjk(text)) return { kind: 'cjk', tokens: searchTokens(text) }
  const digits = text.replace(/[^\d]/g, '')
  if (digits.length >= 3 && /^[+\d\s()/.#-]+$/.test(text)) return { kind: 'digits', digits, text }
  const tokens = searchTokens(text)
  return tokens.length > 0 ? { kind: 'words', tokens, text } : { kind: 'nothing' }
}
