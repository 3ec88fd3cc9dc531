import traditional from 'opencc-js/dict/TSCharacters'

/** One simplified character for each traditional one, from OpenCC's table; where the table has several, the first. */
const table = new Map(
  traditional.split('|').map((entry) => {
    const [from, to] = entry.split(' ')
    return [from!, to!] as const
  }),
)
const beyondAscii = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/gu

/** Turns Chinese text into simplified characters: 李偉 into 李伟. Other text stays as it is. */
export const simplified = (text: string): string =>
  text.replace(beyondAscii, (character) => table.get(character) ?? character)
