import { openRaw, PHONE_AT, sample } from '../raw.ts'
import type { ScaleFile } from '../scale-file.ts'

/** The message that the file is open. */
export interface BareFileSaid {
  readonly said: 'open'
}

// The floor of a workstation's memory: a bare Node that has the same file open and has read a little from it.
const raw = openRaw(JSON.parse(process.env['SCALE_FILE']!) as ScaleFile)
sample(raw, PHONE_AT, 10)
process.send!({ said: 'open' } satisfies BareFileSaid)
process.once('disconnect', () => process.exit())
