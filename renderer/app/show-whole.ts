import './show-whole.css'

const isCut = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.scrollWidth > element.clientWidth + 1 &&
  getComputedStyle(element).textOverflow === 'ellipsis'

/** Finds the element whose text is cut by an ellipsis: this element, one around it or one in it. */
function cutFrom(element: Element): HTMLElement | null {
  for (let at: Element | null = element; at; at = at.parentElement) if (isCut(at)) return at
  return [...element.querySelectorAll('*')].find(isCut) ?? null
}

/**
 * Text that has no room ends in an ellipsis. This shows the full text under the pointer, and beside the element that
 * has the keyboard focus. It watches the whole document, so that no component has to do it. Returns a function that
 * ends it.
 */
export function showWhole(document: Document): () => void {
  let shown: HTMLElement | null = null
  const hide = (): void => {
    shown?.remove()
    shown = null
  }
  const onPointer = ({ target }: Event): void => {
    const cut = target instanceof Element ? cutFrom(target) : null
    // An element with its own title keeps it, because the title says more than the text.
    if (cut && (cut.closest('[title]') === null || cut.dataset['whole'] !== undefined)) {
      cut.title = cut.textContent
      cut.dataset['whole'] = ''
    }
  }
  const onFocus = ({ target }: Event): void => {
    hide()
    if (
      !(target instanceof HTMLElement) ||
      !target.matches(':focus-visible') ||
      target.matches('input, textarea, [role=tabpanel]')
    )
      return
    const cut = cutFrom(target)
    if (!cut) return
    const { left, bottom, top } = cut.getBoundingClientRect()
    shown = document.createElement('div')
    shown.className = 'whole-text'
    // A screen reader has the full text already.
    shown.setAttribute('aria-hidden', 'true')
    shown.textContent = cut.closest<HTMLElement>('[title]')?.title ?? cut.textContent
    document.body.append(shown)
    const { width, height } = shown.getBoundingClientRect()
    shown.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`
    shown.style.top = `${bottom + height + 4 > window.innerHeight ? top - height - 4 : bottom + 4}px`
  }
  document.addEventListener('pointerover', onPointer)
  document.addEventListener('focusin', onFocus)
  document.addEventListener('focusout', hide)
  document.addEventListener('scroll', hide, true)
  return () => {
    hide()
    document.removeEventListener('pointerover', onPointer)
    document.removeEventListener('focusin', onFocus)
    document.removeEventListener('focusout', hide)
    document.removeEventListener('scroll', hide, true)
  }
}
