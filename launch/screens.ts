import { buildScreens } from './build-screens.ts'

// Started by another command, it ends with that.
process.once('disconnect', () => process.exit(1))
await buildScreens()
process.exit(0)
