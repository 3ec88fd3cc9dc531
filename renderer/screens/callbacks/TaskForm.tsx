import { useState } from 'react'
import { callbackTime } from '../../../domain/callback-time.ts'
import { SHORT_TEXT } from '../../../protocol/scalars.ts'
import { useWatch } from '../../bridge/use-watch.ts'
import { useWords } from '../../i18n/use-words.ts'
import { SentenceForm } from '../../parts/approval/SentenceForm.tsx'
import { Choice } from '../../parts/contact/Choice.tsx'
import { FormFrame } from '../../parts/contact/FormFrame.tsx'
import { SubmitButton } from '../../parts/form/Form.tsx'
import { LimitedField } from '../../parts/form/LimitedField.tsx'
import { useRun } from '../../parts/notice/use-act.ts'
import { personName } from '../../parts/record/people.ts'
import { useNow } from '../../parts/time/use-now.ts'
import type { Item } from './task-columns.tsx'

/** Asks for what is needed to postpone a task, give it to a colleague or drop it. */
export function TaskForm({
  what,
  item: { task, customer },
  onClose,
}: {
  what: 'postpone' | 'assign' | 'drop'
  item: Item
  onClose: () => void
}) {
  const { say } = useWords()
  const run = useRun()
  const title = [say(`work/task/act/${what}`), customer?.displayName, task.title].filter(Boolean).join(' · ')
  const taskId = task.id
  if (what === 'drop') {
    const undo = { command: 'task.takeBack', args: { taskId }, done: say('work/task/reopened') } as const
    return (
      <SentenceForm
        about={taskId}
        title={title}
        label={say('work/task/why')}
        submit={say('work/task/act/drop')}
        onSubmit={(reason) => run('task.drop', { taskId, reason }, say('work/task/dropped'), undo)}
        onClose={onClose}
      />
    )
  }
  return what === 'postpone' ? (
    <PostponeForm title={title} taskId={taskId} onClose={onClose} />
  ) : (
    <AssignForm title={title} taskId={taskId} onClose={onClose} />
  )
}

function PostponeForm({ title, taskId, onClose }: { title: string; taskId: string; onClose: () => void }) {
  const { say, formats } = useWords()
  const run = useRun()
  const [text, setText] = useState('')
  const now = useNow(10_000)
  const dueAt = callbackTime(text, now, formats.timeZone)
  const usable = dueAt !== null && dueAt > now
  const means =
    text.trim() === ''
      ? ' '
      : usable
        ? say('call/callbackMeans', { time: formats.exact(dueAt) })
        : say(dueAt === null ? 'call/callbackUnclear' : 'call/callbackPast')
  const save = async (): Promise<void> => {
    if (
      usable &&
      (await run('task.postpone', { taskId, dueAt }, say('work/task/postponed', { time: formats.exact(dueAt) })))
    )
      onClose()
  }
  return (
    <FormFrame title={title} onSubmit={save} onClose={onClose}>
      <LimitedField
        label={say('work/task/newTime')}
        value={text}
        limit={SHORT_TEXT}
        autoFocus
        placeholder={say('call/callbackPlaceholder')}
        helperText={means}
        error={text.trim() !== '' && !usable}
        onText={setText}
      />
      <SubmitButton disabled={!usable} sx={{ justifySelf: 'start' }}>
        {say('work/task/act/postpone')}
      </SubmitButton>
    </FormFrame>
  )
}

function AssignForm({ title, taskId, onClose }: { title: string; taskId: string; onClose: () => void }) {
  const { say, language } = useWords()
  const run = useRun()
  const people = useWatch('colleagues', {}).value ?? []
  const [ownerUserId, setOwner] = useState<(typeof people)[number]['userId'] | null>(null)
  const save = async (): Promise<void> => {
    const done = say('work/task/assigned', { name: personName(people, ownerUserId, language) || say('record/free') })
    if (await run('task.assign', { taskId, ownerUserId }, done)) onClose()
  }
  return (
    <FormFrame title={title} onSubmit={save} onClose={onClose}>
      <Choice
        label={say('work/task/to')}
        value={ownerUserId}
        options={people.map(({ userId }) => userId)}
        word={(id) => personName(people, id, language)}
        none={say('work/task/nobody')}
        autoFocus
        onChange={setOwner}
      />
      <SubmitButton sx={{ justifySelf: 'start' }}>{say('work/task/act/assign')}</SubmitButton>
    </FormFrame>
  )
}
