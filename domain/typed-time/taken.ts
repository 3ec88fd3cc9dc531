/**
 * A text from which each reader removes the part that it understands. No reader has understood what is left at the end.
 */
export interface Remainder {
  text: string
}

/** Removes the first match of the pattern from the text and returns it; null where there is no match. */
export function take(rest: Remainder, pattern: RegExp): RegExpExecArray | null {
  const found = new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(rest.text)
  if (found)
    rest.text = `${rest.text.slice(0, found.index)} ${rest.text.slice(found.index + found[0].length)}`
      .replaceAll(/\s+/g, ' ')
      .trim()
  return found
}
