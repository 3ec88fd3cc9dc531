/** The chart's code, a chunk of its own; asked for before the first call needs it. */
export const loadSpend = async () => import('./Spend.tsx')
