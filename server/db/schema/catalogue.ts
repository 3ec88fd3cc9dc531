import { boolean, jsonb, pgTable, text } from './drizzle.ts'
import { amount, entityColumns } from './columns.ts'

export const line = pgTable('line', {
  ...entityColumns,
  label: text('label').notNull(),
  number: text('number'),
  country: text('country').notNull(),
  areaCode: text('area_code'),
  outsidePrefixes: jsonb('outside_prefixes').notNull(),
  e164WithoutPlus: boolean('e164_without_plus').notNull(),
})

export const product = pgTable('product', {
  ...entityColumns,
  sku: text('sku').notNull(),
  name: text('name').notNull(),
  nativeName: text('native_name'),
  unit: text('unit').notNull(),
  currency: text('currency').notNull(),
  listPriceMinor: amount('list_price_minor').notNull(),
  floorPriceMinor: amount('floor_price_minor').notNull(),
  active: boolean('active').notNull(),
})

export const productCost = pgTable('product_cost', {
  ...entityColumns,
  currency: text('currency').notNull(),
  unitCostMinor: amount('unit_cost_minor').notNull(),
})
