import { provideBuilt, screens, workstation } from './built.ts'

// A build that another command started ends together with that command.
process.once('disconnect', () => process.exit(1))
await provideBuilt(workstation)
await provideBuilt(screens)
process.exit(0)
