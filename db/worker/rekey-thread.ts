import { parentPort, workerData } from 'node:worker_threads'
import { CACHE_SCHEMA } from '../../protocol/version.ts'
import { changeKey } from '../open.ts'
import { serve } from './port.ts'

/** What the thread is given: a file that nobody has open, the key it has and the key it is to have. */
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

// Entry of a thread that lives for one file: gigabytes take seconds, in which the writer must go on writing what is typed.
serve(parentPort!, () => calls)
