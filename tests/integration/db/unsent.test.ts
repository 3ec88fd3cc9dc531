import { expect, it, onTestFinished } from 'vitest'
import { openFiles } from '../../../db/files/open-files.ts'
import { unsentItems } from '../../../db/queries/unsent.ts'
import { putRow } from '../../../db/rows/store.ts'
import { createWriterOn } from '../../../db/worker/writer.ts'
import { UserId } from '../../../protocol/scalars.ts'
import { entityExamples } from '../../support/entity-examples.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { JOURNAL_KEY, newCommand, someUser } from '../../support/writer-on-files.ts'

it('a task that a colleague took first is named with its customer and with its owner', () => {
  const folder = tempFolder()
  const files = openFiles({ folder, journalKeyHex: JOURNAL_KEY, newKeyHex: ['33'.repeat(32)], stamp: 'test' })
  onTestFinished(() => files.close())
  const writer = createWriterOn(files, folder)
  const customer = {
    ...entityExamples.customer(),
    displayName: 'Miguel Ribeiro',
    organisationId: null,
    ownerUserId: null,
  }
  const colleague = {
    ...entityExamples.user(),
    id: UserId.parse('0198a000-0000-7000-8000-000000000002'),
    displayName: 'Chen Jie',
  }
  const task = {
    ...entityExamples.task(),
    customerId: customer.id,
    title: 'Confirm the new address',
    status: 'open' as const,
    ownerUserId: null,
  }
  putRow(files.cache, 'customer', customer)
  putRow(files.cache, 'user', colleague)
  putRow(files.cache, 'task', task)
  writer.enter([newCommand('task.claim', { taskId: task.id })], {})

  writer.recordOutcomes(
    [
      {
        seq: 1,
        outcome: {
          kind: 'refused',
          error: { code: 'CHANGED_MEANWHILE', params: { field: 'owner', value: 'a colleague' } },
        },
      },
    ],
    1,
  )
  putRow(files.cache, 'task', { ...task, ownerUserId: colleague.id, version: task.version + 1 })

  expect(unsentItems(files.journal, files.cache, someUser)).toMatchObject([
    {
      state: 'refused',
      customerName: 'Miguel Ribeiro',
      about: 'Confirm the new address',
      outcome: { error: { params: { field: 'owner', value: 'Chen Jie' } } },
    },
  ])
})
