/** Loads the chart's code, which is a chunk of its own; it is requested before the first call needs it. */
export const loadSpend = async () => import('./Spend.tsx')
