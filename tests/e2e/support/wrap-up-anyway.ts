import { expect, type Page } from '@playwright/test'

/** Longer than the time within which two presses count as one. */
const READ_MS = 600

/**
 * Wraps up a call without a chosen reason and outcome: the first press shows a warning, and the second press goes on.
 */
export async function wrapUpAnyway(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Press Ctrl+Enter again' })).toBeVisible()
  await page.waitForTimeout(READ_MS)
  await page.keyboard.press('Control+Enter')
}
