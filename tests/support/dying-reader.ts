import { parentPort, workerData } from 'node:worker_threads'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '../../db/worker/port.ts'
import { createReader, type ReaderOptions } from '../../db/worker/reader.ts'

// A reader thread that fails: while a file named `unwell` lies in its folder, a pop ends the thread.
const options = workerData as ReaderOptions
serve(parentPort!, () => {
  const reader = createReader(options)
  return {
    ...reader,
    pop: (...question: Parameters<typeof reader.pop>) => {
      if (existsSync(join(options.folder, 'unwell'))) process.exit(1)
      return reader.pop(...question)
    },
  }
})
