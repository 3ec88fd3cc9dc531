import { parentPort, workerData } from 'node:worker_threads'
import type { FilesOptions } from '../files/open-files.ts'
import { serve } from './port.ts'
import { createWriter } from './writer.ts'

// Entry of the writing thread.
serve(parentPort!, () => createWriter(workerData as FilesOptions))
