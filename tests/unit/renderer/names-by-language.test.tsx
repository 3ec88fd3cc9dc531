import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { latinTown } from '../../../db/search/latin-town.ts'
import { productName } from '../../../renderer/parts/record/product-name.ts'
import { townName } from '../../../renderer/parts/record/town-name.ts'
import { openWindow } from './stand.tsx'

test.each([
  ['深圳', 'Shenzhen', '深圳'],
  ['西安', "Xi'an", '西安'],
  ['哈尔滨', 'Harbin', '哈尔滨'],
  ['London', 'London', '伦敦'],
  ['München', 'München', '慕尼黑'],
  ['香港', 'Hong Kong', '香港'],
  ['长兴', 'Changxing', '长兴'],
  ['Little Snoring', 'Little Snoring', 'Little Snoring'],
])('the town %s is %s on an English screen and %s on a Chinese one', (city, en, zh) => {
  const place = { city, cityLatin: latinTown(city) ?? undefined }
  expect([townName(place, 'en'), townName(place, 'zh')]).toEqual([en, zh])
})

test('an order line has its product’s name in the language of the screen, and its own name where the product is not known', () => {
  const products = [{ id: 'p', name: 'Lacquer can', nativeName: '漆罐' }]
  const line = { productId: 'p', name: '漆罐 (on paper)' }
  expect([
    productName(line, products, 'en'),
    productName(line, products, 'zh'),
    productName({ ...line, productId: null }, products, 'en'),
  ]).toEqual(['Lacquer can', '漆罐', '漆罐 (on paper)'])
})

test('an open tab changes its name with the language of the screen', async () => {
  const { user } = await openWindow()
  await user.keyboard('{Alt>}s{/Alt}Wang Fang')
  await screen.findByRole('option', { name: /Wang Fang/ })
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('tab', { name: /Wang Fang 王芳/ })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Switch to Chinese' }))
  expect(screen.getByRole('tab', { name: /王芳/ }).textContent).not.toContain('Wang')
})
