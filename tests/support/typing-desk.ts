import { CustomerId } from '../../protocol/scalars.ts'
import { emptyDraft } from '../../protocol/draft.ts'
import { startTestWorkstation } from './test-workstation.ts'

// A process that types a sentence into a draft until it is killed, and prints how many letters were reported as saved.
const folder = process.argv[2]!
const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
const customerId = CustomerId.parse('0198a000-0000-7000-8000-00000000000c')
const opened = await desk.act('draft.open', { customerId })
if (!opened.ok) throw new Error(opened.error.code)
for (let letters = 1; ; letters += 1) {
  const note = 'The parcel came broken and she wants another. '.repeat(20).slice(0, letters)
  const saved = await desk.act('draft.save', { key: opened.value.key, content: { ...emptyDraft, note } })
  if (saved.ok) process.stdout.write(`${note.length}\n`)
}
