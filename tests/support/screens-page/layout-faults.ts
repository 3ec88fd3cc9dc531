/**
 * Lists what is wrong with the layout of the page as it is now, one sentence each. Runs inside the page.
 * A text that does not fit may end in an ellipsis if a `title` shows the whole text; amounts and times may not be cut
 * at all.
 */
export function layoutFaults(): string[] {
  const faults = new Set<string>()
  const dialog = [...document.querySelectorAll('[role=dialog], [role=menu]')].at(-1)
  const scope: Element = dialog ?? document.body
  const short = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 60)
  const nameOf = (element: Element): string =>
    short(element.getAttribute('aria-label')) || short(element.textContent) || element.tagName.toLowerCase()
  const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll'
  const hides = (value: string): boolean => value === 'hidden' || value === 'clip'
  const bare = (element: Element): boolean => {
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || style.opacity === '0') return true
    // Key caps are hidden from screen readers but visible; text that is meant only for screen readers is one pixel
    // large.
    if (
      (element.closest('kbd')?.parentElement ?? element).closest('[aria-hidden=true], [inert], option, script, style')
    )
      return true
    for (let at: Element | null = element; at; at = at.parentElement)
      if (getComputedStyle(at).clipPath === 'inset(50%)') return true
    return false
  }
  const precise = '.numeric, .number, .amount, time'
  type Box = { left: number; top: number; right: number; bottom: number }

  /**
   * The part of a box that its ancestors leave visible, or null if nothing is left. `onCut` is called if an ancestor
   * cuts the text.
   */
  const visible = (from: Element, box: Box, onCut?: (by: Element, axis: 'x' | 'y') => void): Box | null => {
    let { left, top, right, bottom } = box
    let mayScroll = { x: false, y: false }
    for (let at: Element | null = from; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.display !== 'contents' && (style.overflowX !== 'visible' || style.overflowY !== 'visible')) {
        const rect = at.getBoundingClientRect()
        if (!mayScroll.x && hides(style.overflowX) && (right > rect.right + 1.5 || left < rect.left - 1.5))
          onCut?.(at, 'x')
        if (!mayScroll.y && hides(style.overflowY) && (bottom > rect.bottom + 2 || top < rect.top - 2)) onCut?.(at, 'y')
        left = Math.max(left, rect.left)
        right = Math.min(right, rect.right)
        top = Math.max(top, rect.top)
        bottom = Math.min(bottom, rect.bottom)
        mayScroll = { x: mayScroll.x || scrolls(style.overflowX), y: mayScroll.y || scrolls(style.overflowY) }
      }
      if (style.position === 'fixed') break
    }
    left = Math.max(left, 0)
    right = Math.min(right, innerWidth)
    top = Math.max(top, 0)
    bottom = Math.min(bottom, innerHeight)
    return right - left < 2 || bottom - top < 4 ? null : { left, top, right, bottom }
  }

  // Neither the window nor a region of it scrolls sideways.
  for (const element of [document.documentElement, ...scope.querySelectorAll('*')]) {
    const style = getComputedStyle(element)
    if (
      (element === document.documentElement || scrolls(style.overflowX)) &&
      element.scrollWidth > element.clientWidth + 1 &&
      element.clientWidth > 0 &&
      !element.matches('textarea, input, select, .MuiDataGrid-virtualScroller')
    )
      faults.add(`scrolls sideways: ${element.className || element.tagName}`)
  }

  // No text is cut without an ellipsis and a title, and nothing covers a text.
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!parent || !short(node.textContent) || bare(parent)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) {
      if (rect.width < 1) continue
      const seen = visible(parent, rect, (by, axis) => {
        by.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
        const whole = by.closest('[title]') !== null && getComputedStyle(by).textOverflow === 'ellipsis'
        if (axis === 'y' || !whole) faults.add(`cut (${axis}): "${short(node.textContent)}"`)
        else if (parent.closest(precise)) faults.add(`an amount or time is cut: "${short(node.textContent)}"`)
      })
      if (!seen || getComputedStyle(parent).pointerEvents === 'none') continue
      const top = document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2)
      if (top && !top.contains(parent) && !parent.contains(top))
        faults.add(`"${nameOf(top)}" lies over the text "${short(node.textContent)}"`)
    }
  }

  // No control is covered by another one.
  const pressable = [
    ...scope.querySelectorAll('button, input, textarea, select, a[href], [role=tab], [role=option], [role=menuitem]'),
  ].filter((element) => !bare(element) && getComputedStyle(element).pointerEvents !== 'none')
  const seen = pressable.flatMap((element) => {
    const box = visible(element, element.getBoundingClientRect())
    return box ? [{ element, box }] : []
  })
  for (const { element, box } of seen) {
    const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    if (top && !top.contains(element) && !element.contains(top) && top.closest('label') === null)
      faults.add(`"${nameOf(top)}" takes the clicks of "${nameOf(element)}"`)
  }
  for (const [index, one] of seen.entries()) {
    for (const other of seen.slice(index + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      if (wide > 2 && high > 2) faults.add(`"${nameOf(one.element)}" and "${nameOf(other.element)}" overlap`)
    }
  }
  // The controls of a call are completely visible without scrolling.
  for (const element of document.querySelectorAll('header.strip button, header.strip [role=group]')) {
    const { left, right } = element.getBoundingClientRect()
    if (left < -1 || right > innerWidth + 1) faults.add(`outside the window: "${nameOf(element)}"`)
  }
  return [...faults]
}
