/**
 * Whether a key stroke belongs to an input method: it composes, or it has just ended a composition. Safari sends the
 * Enter that ends a composition after `compositionend` and without `isComposing`; only the key code 229 still shows it
 * (UI Events, "keyCode 229"). Every key handler asks this first, so that choosing 李伟 never opens, sends or picks
 * anything.
 */
export const isOfInputMethod = ({ isComposing, keyCode }: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  isComposing || keyCode === 229
