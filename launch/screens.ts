import { buildScreens } from './build-screens.ts'

await buildScreens()
