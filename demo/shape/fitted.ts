import type { Shape } from './fit.ts'
import shape from './fitted.json' with { type: 'json' }

/** The shape fitted to the published data sets by `npm run ringside -- fit --from DIR`. */
export const fitted: Shape = shape
