import { provideBuilt, screens, workstation } from './built.ts'
import { playwrightStage } from './playwright-stage.ts'
import { createProcesses } from './processes.ts'
import { provideElectron } from './provide-electron.ts'
import { closeRun, staticStages, type StageResult } from './stages.ts'
import { vitestStage } from './vitest-stage.ts'

// Runs all tests, the cheapest first; a failed stage does not stop the others.
const [statics, units] = await Promise.all([staticStages(), vitestStage('unit tests', ['unit', 'screens'])])
const results: StageResult[] = [...statics, units]
results.push(await vitestStage('integration tests', ['integration']))
// The simulation has the machine to itself: it plays as many histories as fit into its time.
results.push(await vitestStage('simulation', ['simulation']))
await provideBuilt(workstation)
await provideBuilt(screens)
// Where Electron's runtime is available or can be downloaded, the Electron test starts it.
await provideElectron(createProcesses(), Promise.resolve())
results.push(await playwrightStage())
closeRun(results)
