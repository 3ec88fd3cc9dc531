import traditional from 'opencc-js/dict/TSCharacters'

/** One simplified character for each traditional one (OpenCC's table, the first of several where there are). */
const table = new Map(traditional.split('|').map((entry) => {
  const [from, to] = entry.split(' ')
  return [from!, to!] as const
}))
const beyondAscii = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/gu

/** Chinese text in simplified characters: 李偉 as 李伟. Other text stays as it is. */
export const simplified = (text: string): string => text.replace(beyondAscii, (character) => table.get(character) ?? character)
