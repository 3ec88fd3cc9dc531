import { untouched } from '../../domain/untouched-rows.ts'
import { commands, type CommandInput, type CommandName } from '../../protocol/commands.ts'
import type { Customer, User } from '../../protocol/entities.ts'
import { emptyDraft } from '../../protocol/draft.ts'
import type { CustomerId, UserId } from '../../protocol/scalars.ts'
import { readRow } from '../../db/rows/store.ts'
import { codecs, decodeRow } from '../../db/rows/codec.ts'
import { unsettledCommands } from '../../db/journal/commands.ts'
import type { World } from './world.ts'
import type { RunningWorkstation } from './workstation.ts'

/** What the users of one disk remember: everything that they were told is saved must really be there. */
export interface Remembered {
  /** Commands that they were told are saved. */
  readonly kept: Map<string, { readonly name: string; readonly args: unknown }>
  /** Ids of refused or parked commands that they dropped or sent again themselves. */
  readonly dealtWith: Set<string>
  /** For each draft, the last state that they were told is saved. */
  readonly drafts: Map<string, number>
  /** How many draft states were typed so far. */
  typed: number
}

export const newMemory = (): Remembered => ({ kept: new Map(), dealtWith: new Set(), drafts: new Map(), typed: 0 })
/** Two people may work on copies of one disk: each remembers what was known when the disk was copied. */
export const copyOfMemory = (of: Remembered): Remembered => ({
  kept: new Map(of.kept),
  dealtWith: new Set(of.dealtWith),
  drafts: new Map(of.drafts),
  typed: of.typed,
})

type Work = { [C in CommandName]: { name: C; args: CommandInput<C> } }[CommandName]

/** One action of a user at a workstation, based on what the workstation shows. */
export async function actOnce(
  world: World,
  at: RunningWorkstation,
  customers: readonly CustomerId[],
  memory: Remembered,
): Promise<void> {
  const { random } = world
  const kind = random.weighted({ command: 10, draft: 3, dealWith: 2 })
  if (kind === 'draft') await typeDraft(world, at, memory)
  else if (kind === 'dealWith') await dealWithOne(world, at, memory)
  else {
    const work = someWork(world, at, customers)
    if (!work) return
    const told = await at.commandDesk.run(work.name, work.args)
    world.note(`${at.process.name} ${work.name} ${told.ok ? `kept ${told.value.commandId}` : told.error.code}`)
    if (told.ok) memory.kept.set(told.value.commandId, { name: work.name, args: work.args })
  }
}

function someWork(world: World, at: RunningWorkstation, customers: readonly CustomerId[]): Work | null {
  const { random } = world
  const id = () => world.newId()
  const customerId = random.pick(customers)
  const tasks = at.files.cache
    .all<Record<string, unknown>>(`SELECT ${codecs.task.select} FROM "task" ORDER BY "id"`)
    .map((row) => decodeRow('task', row))
  const task = tasks.length > 0 ? random.pick(tasks) : null
  switch (random.weighted({ add: 3, claim: 2, done: 2, preference: 3, change: 3, wrapUp: 2, complaint: 1 })) {
    case 'add':
      return {
        name: 'task.add',
        args: {
          taskId: id(),
          customerId,
          kind: 'callback',
          title: `t${random.int(0, 999)}`,
          detail: '',
          dueAt: Math.floor(world.now()) + 60_000,
          ownerUserId: null,
        },
      }
    case 'claim':
      return task && { name: 'task.claim', args: { taskId: task.id } }
    case 'done':
      return task && { name: 'task.done', args: { taskId: task.id } }
    case 'preference':
      return {
        name: 'preference.set',
        args: {
          preferenceId: id(),
          customerId,
          key: random.pick(['room', 'meal']),
          value: `v${random.int(0, 999)}`,
          source: 'said',
        },
      }
    case 'change': {
      const customer = readRow(at.files.cache, 'customer', customerId)
      return (
        customer && {
          name: 'customer.change',
          args: { customerId, was: { city: customer.city }, now: { city: `c${random.int(0, 999)}` } },
        }
      )
    }
    case 'wrapUp':
      return {
        name: 'interaction.wrapUp',
        args: {
          interactionId: id(),
          customerId,
          channel: 'phone',
          direction: 'in',
          callId: null,
          startedAt: Math.floor(world.now()),
          endedAt: Math.floor(world.now()),
          queue: null,
          waitMs: null,
          talkMs: null,
          note: `n${random.int(0, 999)}`,
          matter: null,
          outcome: null,
          nextStep: null,
          followUp: random.chance(0.5)
            ? { taskId: id(), dueAt: Math.floor(world.now()) + 60_000, title: 'call', ownerUserId: null }
            : null,
        },
      }
    case 'complaint':
      return {
        name: 'complaint.log',
        args: { complaintId: id(), customerId, subject: 's', description: 'd', severity: 'normal', orderId: null },
      }
  }
}

/** Somebody else at this machine enters a command in the name of the signed-in user, without the user's key. */
export async function forgeCommand(
  world: World,
  at: RunningWorkstation,
  customers: readonly CustomerId[],
  forged: Set<string>,
): Promise<void> {
  const { userId, displayName, role } = at.session.identity()!
  const commandId = world.newId()
  forged.add(commandId)
  const args = {
    preferenceId: world.newId(),
    customerId: world.random.pick(customers),
    key: 'room',
    value: 'forged',
    source: 'said',
  }
  const sealing = { ...at.session.sealing()!, sealKey: Buffer.alloc(32, 6).toString('base64url') }
  await at.writer.enter(
    [
      {
        commandId,
        name: 'preference.set',
        version: commands['preference.set'].version,
        args,
        userId,
        userName: displayName,
        role,
        timeZone: 'Asia/Shanghai',
        currency: 'CNY',
        at: at.session.siteNow(),
        sealing,
      },
    ],
    {},
  )
  at.sendSoon()
}

async function typeDraft(world: World, at: RunningWorkstation, memory: Remembered): Promise<void> {
  const key = `draft-${world.random.int(1, 2)}`
  const userId = at.session.identity()!.userId
  await at.writer.openDraft(userId, {
    key,
    interactionId: world.newId(),
    callId: null,
    customerId: null,
    openedAt: Math.floor(world.now()),
    savedAt: null,
    content: emptyDraft,
  })
  // Count the state when its save is requested: opening the draft may be answered in another order than it was
  // requested, but saves are written in the order of their requests.
  const state = (memory.typed += 1)
  await at.writer.saveDraft(userId, key, { ...emptyDraft, note: String(state) }, Math.floor(world.now()))
  memory.drafts.set(key, Math.max(state, memory.drafts.get(key) ?? 0))
}

/** A user looks at a refused or parked command, and drops it or sends it again. */
async function dealWithOne(world: World, at: RunningWorkstation, memory: Remembered): Promise<void> {
  const userId = at.session.identity()!.userId
  const open = unsettledCommands(at.files.journal).filter(({ state }) => state === 'refused' || state === 'parked')
  const command = open.find((one) => memory.kept.has(one.commandId))
  if (!command) return
  // From here on the command may be gone, whether or not the answer arrives.
  memory.dealtWith.add(command.commandId)
  if (world.random.chance(0.5)) {
    await at.writer.drop(userId, command.commandId)
    return
  }
  const again = world.newId()
  const touched = await at.writer.retry(userId, command.commandId, again, at.process.now(), at.session.sealing()!)
  if (touched) memory.kept.set(again, { name: command.name, args: command.args })
  at.sendSoon()
}

/** The users and customers that exist when a history begins. */
export function people(at: number): { users: User[]; customers: Customer[] } {
  const id = (n: number) => `0198a000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`
  const user = (n: number, role: User['role']): User => ({
    id: id(n) as UserId,
    login: `u${n}`,
    displayName: `User ${n}`,
    nativeName: null,
    role,
    team: 'one',
    extension: null,
    active: true,
    version: 1,
    scope: 'org',
  })
  const customer = (n: number): Customer => ({
    id: id(n) as CustomerId,
    number: `K-${n}`,
    kind: 'person',
    profile: 'retail',
    displayName: `Customer ${n}`,
    givenName: 'C',
    familyName: String(n),
    nativeName: null,
    organisationId: null,
    language: 'en',
    city: null,
    country: 'CN',
    birthday: null,
    tier: 'small',
    customerSince: at,
    currency: 'CNY',
    lifetimeValueMinor: 0,
    churnRisk: 'low',
    creditGrade: null,
    creditLimitMinor: null,
    ownerUserId: null,
    remark: null,
    ...untouched.customer,
    version: 1,
    scope: 'org',
  })
  return {
    users: [user(1, 'agent'), user(2, 'agent'), user(3, 'supervisor')],
    customers: [customer(11), customer(12), customer(13)],
  }
}
