import { closeRun, staticStages } from './stages.ts'
import { vitestStage } from './vitest-stage.ts'

// Before every commit: what can be said without a database, a browser or a network. The tests wait for timers now and
// then; the other checks run beside them.
const [statics, tests] = await Promise.all([staticStages(), vitestStage('unit tests', ['unit', 'screens'])])
closeRun([...statics, tests])
