import { closeRun, staticStages } from './stages.ts'
import { vitestStage } from './vitest-stage.ts'

// Runs before every commit: everything that can be checked without a database, a browser or a network. The tests
// sometimes wait for timers; the other checks run beside them.
const [statics, tests] = await Promise.all([staticStages(), vitestStage('unit tests', ['unit', 'screens'])])
closeRun([...statics, tests])
