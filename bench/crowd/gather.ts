import type { CustomerId } from '../../protocol/scalars.ts'
import { heard } from '../heard.ts'
import type { Place } from '../place.ts'
import type { Person } from './add-people.ts'
import type { CrowdAsked, CrowdSaid } from './crowd-process.ts'

const PROCESSES = 2
/** Files and sockets that a process has open in addition to those of its workstations. */
const FILES_BESIDES = 200

/** Workstations of signed-in agents, connected to one node, in processes of their own. */
export interface Crowd {
  /** Lets every workstation journal commands; resolves when all have done so. */
  enter(commandsEach: number, customerIds: readonly CustomerId[]): Promise<void>
  /**
   * When each workstation had all its commands acknowledged, in ms since 1970, and which errors there were meanwhile.
   */
  acknowledged(): Promise<{ at: number[]; errors: Record<string, number> }>
}

/**
 * Connects all workstations at once, with the waiting times of the product's own link, and resolves when all are
 * connected.
 */
export async function gather(place: Place, serverUrl: string, people: readonly Person[]): Promise<Crowd> {
  assertFiles(people.length)
  const share = Math.ceil(people.length / PROCESSES)
  const helpers = Array.from({ length: PROCESSES }, (_, i) => ({
    child: place.helper('crowd/crowd-process.ts'),
    people: people.slice(i * share, (i + 1) * share),
  }))
  const online = helpers.map(({ child }) => heard<CrowdSaid, 'online'>(child, 'online'))
  for (const { child, people } of helpers) child.send({ ask: 'connect', serverUrl, people } satisfies CrowdAsked)
  await Promise.all(online)
  return {
    enter: async (commandsEach, customerIds) => {
      const entered = helpers.map(({ child }) => heard<CrowdSaid, 'entered'>(child, 'entered'))
      for (const { child } of helpers) child.send({ ask: 'enter', commandsEach, customerIds } satisfies CrowdAsked)
      await Promise.all(entered)
    },
    acknowledged: async () => {
      const all = await Promise.all(helpers.map(({ child }) => heard<CrowdSaid, 'acknowledged'>(child, 'acknowledged')))
      const errors: Record<string, number> = {}
      for (const part of all)
        for (const [what, times] of Object.entries(part.errors)) errors[what] = (errors[what] ?? 0) + times
      return { at: all.flatMap((part) => part.at), errors }
    },
  }
}

/**
 * Node raises its own limit of open files to the system's hard limit, and the server needs a socket for each client.
 */
function assertFiles(clients: number): void {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { hard: number | string } } }
  const most = Number(userLimits?.open_files?.hard)
  if (most < clients + FILES_BESIDES)
    throw new Error(
      `This user may open ${most} files, and ${clients} connections need ${clients + FILES_BESIDES}. Raise the limit (ulimit -Hn), or take fewer: --clients ${Math.max(1, most - FILES_BESIDES)}.`,
    )
}
