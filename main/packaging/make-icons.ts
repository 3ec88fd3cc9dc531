import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { icns, ico, type Picture } from './icon-files.ts'

// Draws the icons of the three operating systems from resources/icons/icon.svg. Run `node main/packaging/make-icons.ts`
// after the drawing has changed. It needs rsvg-convert (Debian: librsvg2-bin). The same drawing gives the same files.

const at = (name: string) => fileURLToPath(new URL(`../../resources/${name}`, import.meta.url))
const drawn = (size: number): Picture => ({
  size,
  png: execFileSync('rsvg-convert', ['--width', String(size), '--height', String(size), at('icons/icon.svg')]),
})

writeFileSync(at('icon.png'), drawn(512).png)
writeFileSync(at('icon.ico'), ico([16, 24, 32, 48, 64, 128, 256].map(drawn)))
writeFileSync(at('icon.icns'), icns([16, 32, 64, 128, 256, 512, 1024].map(drawn)))
