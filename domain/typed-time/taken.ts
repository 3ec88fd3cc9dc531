/** Text from which readers take away what they understand; what is left at the end nobody has understood. */
export interface Remainder { text: string }

/** Takes the first place where the pattern fits out of the text and gives it; null where it fits nowhere. */
export function take(rest: Remainder, pattern: RegExp): RegExpExecArray | null {
  const found = new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(rest.text)
  if (found) rest.text = `${rest.text.slice(0, found.index)} ${rest.text.slice(found.index + found[0].length)}`.replaceAll(/\s+/g, ' ').trim()
  return found
}
