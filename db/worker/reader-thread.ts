import { parentPort, workerData } from 'node:worker_threads'
import { serve } from './port.ts'
import { createReader, type ReaderOptions } from './reader.ts'

// Entry of the reading thread.
serve(parentPort!, () => createReader(workerData as ReaderOptions))
