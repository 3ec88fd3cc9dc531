/**
 * Whether a key stroke belongs to an input method: it composes, or it has just ended a composition. Safari sends the Enter
 * that ends one after `compositionend`, without `isComposing`; only the key code 229 still tells (UI Events, "keyCode 229").
 * Every handler of keys asks this first, so that choosing 李伟 never opens, sends or picks anything.
 */
export const isOfInputMethod = ({ isComposing, keyCode }: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean => isComposing || keyCode === 229
