import { openRaw, PHONE_AT, sample } from '../raw.ts'
import type { ScaleFile } from '../scale-file.ts'

/** What says that the file is open. */
export interface BareFileSaid { readonly said: 'open' }

// The floor of a workstation's memory: Node with the same file open, from which it has read a little.
const raw = openRaw(JSON.parse(process.env['SCALE_FILE']!) as ScaleFile)
sample(raw, PHONE_AT, 10)
process.send!({ said: 'open' } satisfies BareFileSaid)
process.once('disconnect', () => process.exit())
