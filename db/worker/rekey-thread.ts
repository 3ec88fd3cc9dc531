import { parentPort, workerData } from 'node:worker_threads'
import { CACHE_SCHEMA } from '../../protocol/version.ts'
import { changeKey } from '../open.ts'
import { serve } from './port.ts'

/** The thread's input: a file that nobody has open, its present key and its new key. */
export interface RekeyOptions {
  readonly path: string
  readonly keyHex: string
  readonly newKeyHex: string
}

const calls = {
  changeKey: () => {
    const { path, keyHex, newKeyHex } = workerData as RekeyOptions
    changeKey({ path, keyHex, purpose: 'snapshot', schema: CACHE_SCHEMA }, newKeyHex)
  },
  close: () => undefined,
}
export type RekeyCalls = typeof calls

// Entry of a thread that exists for one file: gigabytes take seconds to encrypt, and meanwhile the writer must go on
// saving what users type.
serve(parentPort!, () => calls)
