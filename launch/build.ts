import { provideBuilt, screens, workstation } from './built.ts'

// Started by another command, it ends with that.
process.once('disconnect', () => process.exit(1))
await provideBuilt(workstation)
await provideBuilt(screens)
process.exit(0)
