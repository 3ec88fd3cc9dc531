import { closeRun, staticStages, type StageResult } from './stages.ts'
import { vitestStage } from './vitest-stage.ts'

// Before every commit: what can be said without a database, a browser or a network.
const results: StageResult[] = []
for (const stage of staticStages) results.push(await stage())
results.push(await vitestStage('unit tests', ['unit', 'screens']))
closeRun(results)
