import { wrapUp } from '../wrap-up.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { Person } from './add-people.ts'
import { startLightWorkstation, type LightWorkstation } from './light-workstation.ts'

/** The tasks of one process of the crowd. */
export type CrowdAsked =
  | { readonly ask: 'connect'; readonly serverUrl: string; readonly people: readonly Person[] }
  /** Every workstation journals this many commands, whether the server can be reached or not. */
  | { readonly ask: 'enter'; readonly commandsEach: number; readonly customerIds: readonly CustomerId[] }

/** The messages of the process. Times are milliseconds since 1970 on this machine. */
export type CrowdSaid =
  | { readonly said: 'online' }
  | { readonly said: 'entered' }
  | { readonly said: 'acknowledged'; readonly at: readonly number[]; readonly errors: Readonly<Record<string, number>> }

// One process stands for a thousand workstations, so that the measuring process is not busy with them.
const say = (message: CrowdSaid) => process.send!(message)
const crowd: LightWorkstation[] = []
const acknowledgedAt: number[] = []
const errors: Record<string, number> = {}
let toldOnline = false

process.on('message', (asked: CrowdAsked) => {
  if (asked.ask === 'connect') connect(asked.serverUrl, asked.people)
  else {
    acknowledgedAt.length = 0
    for (const [i, workstation] of crowd.entries())
      workstation.enter(
        Array.from({ length: asked.commandsEach }, (_, j) =>
          wrapUp(asked.customerIds[(i + j) % asked.customerIds.length]!),
        ),
      )
    say({ said: 'entered' })
  }
})

function connect(serverUrl: string, people: readonly Person[]): void {
  for (const person of people) {
    crowd.push(
      startLightWorkstation({
        serverUrl,
        person,
        onOnline: () => {
          if (toldOnline || !crowd.every((one) => one.isOnline())) return
          toldOnline = true
          say({ said: 'online' })
        },
        onAllAcknowledged: () => {
          acknowledgedAt.push(performance.timeOrigin + performance.now())
          if (acknowledgedAt.length === crowd.length) say({ said: 'acknowledged', at: acknowledgedAt, errors })
        },
        onError: (what) => {
          errors[what] = (errors[what] ?? 0) + 1
        },
      }),
    )
  }
}

// The channel closes when the process that started this one ends.
process.once('disconnect', () => process.exit())
