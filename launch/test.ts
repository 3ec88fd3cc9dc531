import { provideBuilt, screens, workstation } from './built.ts'
import { playwrightStage } from './playwright-stage.ts'
import { closeRun, staticStages, type StageResult } from './stages.ts'
import { vitestStage } from './vitest-stage.ts'

// Everything that proves the main job, the cheapest first; nothing stops the rest.
const [statics, units] = await Promise.all([staticStages(), vitestStage('unit tests', ['unit', 'screens'])])
const results: StageResult[] = [...statics, units]
results.push(await vitestStage('integration tests', ['integration']))
await provideBuilt(workstation)
await provideBuilt(screens)
results.push(await playwrightStage())
closeRun(results)
