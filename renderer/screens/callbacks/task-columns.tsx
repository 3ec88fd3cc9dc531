import Button from '@mui/material/Button'
import type { GridColDef } from '@mui/x-data-grid'
import type { TaskItem } from '../../../protocol/workstation.ts'
import type { PersonName } from '../../../protocol/record.ts'
import type { z } from 'zod'
import type { Words } from '../../i18n/use-words.ts'
import { State } from '../../parts/list-table/State.tsx'
import { bothNames } from '../../parts/record/customer-name.ts'
import { personName } from '../../parts/record/people.ts'
import { dueWords } from '../../parts/time/due-words.ts'

export type Item = z.infer<typeof TaskItem>
/** What can be done with a task from its row. */
export type TaskAct = 'dial' | 'done' | 'take' | 'postpone' | 'assign' | 'drop' | 'open' | 'takeBack'

/** The letter that does each action when it is pressed on a row. */
export const letters: Readonly<Record<string, TaskAct>> = {
  c: 'dial',
  d: 'done',
  t: 'take',
  p: 'postpone',
  g: 'assign',
  x: 'drop',
  u: 'takeBack',
}

/** What may be done with a task, in the order in which it is offered. */
export function actsOf({ task, customer, phone }: Item): readonly TaskAct[] {
  if (task.status !== 'open') return ['takeBack']
  return [
    ...(phone === null ? [] : (['dial'] as const)),
    'done',
    ...(task.ownerUserId === null ? (['take'] as const) : []),
    'postpone',
    'assign',
    'drop',
    ...(customer ? (['open'] as const) : []),
  ]
}

/** The columns of the list. The last one has a button for the most frequent action; the others have a letter. */
export function taskColumns({
  words,
  now,
  people,
  userId,
  act,
}: {
  words: Words
  now: number
  people: readonly z.infer<typeof PersonName>[]
  userId: string | undefined
  act: (what: TaskAct, item: Item) => void
}): readonly GridColDef<Item>[] {
  const { say, formats, language } = words
  const owner = ({ task: { ownerUserId } }: Item): string =>
    ownerUserId === null
      ? say('record/free')
      : ownerUserId === userId
        ? say('record/you')
        : personName(people, ownerUserId, language)
  return [
    {
      field: 'due',
      headerName: say('record/column/due'),
      width: 130,
      minWidth: 120,
      valueGetter: (_, { task }) => task.dueAt,
      renderCell: ({ row: { task } }) =>
        task.status === 'open' ? (
          <span title={formats.exact(task.dueAt)}>
            <State meaning={task.dueAt < now ? 'error' : 'plain'}>{dueWords(task.dueAt, now, words)}</State>
          </span>
        ) : (
          <State meaning={task.status === 'done' ? 'success' : 'plain'}>{say(`work/task/status/${task.status}`)}</State>
        ),
    },
    {
      field: 'kind',
      headerName: say('record/column/what'),
      width: 116,
      valueGetter: (_, { task }) => say(`record/taskKind/${task.kind}`),
    },
    {
      field: 'customer',
      headerName: say('record/column/customer'),
      width: 200,
      minWidth: 110,
      valueGetter: (_, { customer }) => (customer ? bothNames(customer, language) : ''),
    },
    {
      field: 'title',
      headerName: say('record/column/subject'),
      width: 330,
      minWidth: 120,
      valueGetter: (_, { task }) => task.dropReason ?? task.title,
    },
    {
      field: 'owner',
      headerName: say('record/column/owner'),
      width: 100,
      minWidth: 96,
      valueGetter: (_, item) => owner(item),
    },
    {
      field: 'phone',
      headerName: say('record/column/phone'),
      width: 160,
      minWidth: 150,
      valueGetter: (_, { phone }) => phone ?? '',
      renderCell: ({ row, tabIndex }) =>
        row.phone !== null &&
        row.task.status === 'open' && (
          <Button
            tabIndex={tabIndex}
            aria-label={say('record/dial', { number: row.shownPhone ?? row.phone })}
            aria-keyshortcuts="C"
            onClick={() => act('dial', row)}
          >
            {row.shownPhone ?? row.phone}
          </Button>
        ),
    },
    {
      field: 'action',
      headerName: say('record/column/action'),
      width: 150,
      minWidth: 120,
      sortable: false,
      renderCell: ({ row, tabIndex }) =>
        actsOf(row)
          .filter((what) => what === 'done' || what === 'take' || what === 'takeBack')
          .map((what) => (
            <Button key={what} tabIndex={tabIndex} onClick={() => act(what, row)}>
              {say(`work/task/act/${what}`)}
            </Button>
          )),
    },
  ]
}
