import { expect, type Locator, type Page } from '@playwright/test'
import type { Desk } from './center.ts'

/** Opens a customer at a workstation with the palette, as an agent does who knows the account number. */
export async function openCustomerAt(
  page: Page,
  desk: Desk,
  customer: { readonly number: string; readonly displayName: string },
): Promise<void> {
  await page.goto(desk.address)
  await expect(page.getByText('synced')).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Control+k')
  await page.keyboard.type(customer.number)
  await page
    .getByRole('option', { name: new RegExp(customer.displayName) })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: customer.displayName })).toBeVisible()
}

export const noteOf = (page: Page): Locator => page.getByRole('textbox', { name: /^Note/ })
