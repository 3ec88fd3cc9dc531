import { expect, test } from '@playwright/test'
import { layoutFaults } from '../support/screens-page/layout-faults.ts'
import { scenes } from '../support/screens-page/scenes.ts'
import { serveScreens } from '../support/screens-page/serve-screens.ts'
import { sizes } from '../support/screens-page/sizes.ts'

let screens: Awaited<ReturnType<typeof serveScreens>>
test.beforeAll(async () => {
  screens = await serveScreens()
})
test.afterAll(() => screens.close())

for (const [language, locale] of [
  ['English', 'en-GB'],
  ['Chinese', 'zh-CN'],
] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale })
    for (const [name, scene] of Object.entries(scenes)) {
      test(`"${name}" fits at every size`, async ({ page }) => {
        await page.emulateMedia({ reducedMotion: 'reduce' })
        await page.goto(screens.address)
        await expect(page.locator('#root > *').first()).toBeVisible()
        await scene(page)
        for (const [size, viewport] of Object.entries(sizes)) {
          await page.setViewportSize(viewport)
          await page.waitForTimeout(150)
          expect.soft(await page.evaluate(layoutFaults), size).toEqual([])
          const note = page.getByRole('textbox', { name: /^(Note|备注)$/ })
          // A dialog may cover the note; otherwise there must be room to write in it, whatever else has no room.
          if ((await note.count()) > 0 && (await page.getByRole('dialog').count()) === 0) {
            const box = await note.boundingBox()
            expect
              .soft(
                box && box.y + 60 <= viewport.height && box.x + box.width <= viewport.width && box.width >= 200,
                `the note at ${size}`,
              )
              .toBe(true)
          }
        }
      })
    }
  })
}
