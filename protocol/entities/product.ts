import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { AmountMinor, Currency, Id, ShortText } from '../scalars.ts'

/**
 * A product that is sold, with the price that is asked for it and the floor below which nobody goes without approval.
 */
export const product = defineEntity(
  'product',
  { by: 'id' },
  {
    id: Id,
    sku: z.string().min(1).max(40),
    name: ShortText.min(1),
    nativeName: ShortText.nullable(),
    unit: z.string().max(20),
    currency: Currency,
    listPriceMinor: AmountMinor.min(0),
    floorPriceMinor: AmountMinor.min(0),
    active: z.boolean(),
  },
)

/**
 * A product's cost. It is a row of its own because only the `finance` scope may have it. Its id is the product's id.
 */
export const productCost = defineEntity(
  'productCost',
  { by: 'id' },
  {
    id: Id,
    currency: Currency,
    unitCostMinor: AmountMinor.min(0),
  },
)
