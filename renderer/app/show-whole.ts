import './show-whole.css'

const isCut = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).textOverflow === 'ellipsis'

/** The text that an ellipsis cuts in or around an element. */
function cutFrom(element: Element): HTMLElement | null {
  for (let at: Element | null = element; at; at = at.parentElement) if (isCut(at)) return at
  return [...element.querySelectorAll('*')].find(isCut) ?? null
}

/**
 * Text that has no room ends in an ellipsis; its whole is read under the pointer, and by keyboard beside what has the focus.
 * Watches the document for both, so that no component has to. Returns how to end it.
 */
export function showWhole(document: Document): () => void {
  let shown: HTMLElement | null = null
  const hide = (): void => {
    shown?.remove()
    shown = null
  }
  const onPointer = ({ target }: Event): void => {
    const cut = target instanceof Element ? cutFrom(target) : null
    // A title of its own says more than the text does.
    if (cut && (cut.closest('[title]') === null || cut.dataset['whole'] !== undefined)) {
      cut.title = cut.textContent
      cut.dataset['whole'] = ''
    }
  }
  const onFocus = ({ target }: Event): void => {
    hide()
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible') || target.matches('input, textarea, [role=tabpanel]')) return
    const cut = cutFrom(target)
    if (!cut) return
    const { left, bottom, top } = cut.getBoundingClientRect()
    shown = document.createElement('div')
    shown.className = 'whole-text'
    // A reader has the whole text already.
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
