import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { cachePlace } from '../../db/files/cache-file.ts'
import type { OpenedFiles } from '../../db/files/open-files.ts'
import { erasurePlace } from '../../db/journal/erasures.ts'
import { unsettledCommands } from '../../db/journal/commands.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import { cacheFits } from '../../main/snapshot/cache-fits.ts'
import type { OpenLinkSocket } from '../../main/link/link-socket.ts'
import type { CommandStore } from '../../server/commands/command-store.ts'
import type { FeedStore } from '../../server/feed/feed-store.ts'
import { identityOf } from '../../server/auth/users.ts'
import { sharedScopes } from '../../server/auth/visible.ts'
import type { Row, User } from '../../protocol/entities.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { Random } from '../../demo/random.ts'
import { entityExamples } from '../support/entity-examples.ts'
import { officeWorks } from './back-office.ts'
import { copyOfFolder, removeDisks, simulatedDisks } from './disk.ts'
import {
  cannotBeFollowed,
  cursorPassedNothing,
  everyCommandEnded,
  holdsNobodyErased,
  logHolds,
  logOfNobodyErased,
  nobodyElsesWork,
  noEffectTwice,
  nothingForeign,
  onlyWhatIsCommitted,
  rowsOfNobodyErased,
  sameAsTheServer,
  whatWasToldIsThere,
  type Violation,
} from './invariants.ts'
import { eraseCustomer } from './erasures.ts'
import type { Committed } from './committed.ts'
import { createModelDatabase, type ModelDatabase } from './model-database.ts'
import { createNetwork } from './network.ts'
import { startNode } from './node.ts'
import { actOnce, copyOfMemory, forgeCommand, newMemory, people, type Remembered } from './people.ts'
import { createWorld, type Process, type World } from './world.ts'
import { openDisk, prepareDisk, startWorkstation, type RunningWorkstation } from './workstation.ts'

/**
 * The places where the product's parts meet the simulated world. A planted bug replaces one of them; the product
 * contains no bug code.
 */
export interface Joints {
  database(made: ModelDatabase, world: World): ModelDatabase
  commandStore(store: CommandStore, database: ModelDatabase, process: Process): CommandStore
  feedStore(store: FeedStore, database: ModelDatabase, process: Process): FeedStore
  writer(writer: WriterCalls, files: OpenedFiles, process: Process): WriterCalls
  openFiles(folder: string): OpenedFiles
  link(open: OpenLinkSocket, process: Process): OpenLinkSocket
  /** The state from which the server builds a snapshot when a workstation asks for one now. */
  snapshotOf(committed: Committed): Committed
}

export const soundJoints: Joints = {
  database: (made) => made,
  commandStore: (store) => store,
  feedStore: (store) => store,
  writer: (writer) => writer,
  openFiles: openDisk,
  link: (open) => open,
  snapshotOf: (committed) => committed,
}

export interface History {
  readonly seed: number
  readonly violation: Violation
  readonly trace: readonly string[]
  readonly fingerprint: number
  /** What happened in the history, for the totals at the end of a run. */
  readonly counts: { readonly commands: number; readonly crashes: number; readonly faults: number }
}

/** A workstation's disk and its user, through all its crashes. */
interface Desk {
  readonly name: string
  readonly deviceId: string
  readonly userId: UserId
  readonly memory: Remembered
  folder: string
  clockOffsetMs: number
  running: RunningWorkstation | null
  /** Counts down at each commit; the process dies at the commit at which this reaches zero. */
  commitsToLive: number
}

const SHORTEST_BUSY_MS = 3_000
const LONGEST_BUSY_MS = 8_000
const LONGEST_PEACE_MS = 150_000
const LONGEST_HELD_MS = 6_000
const MOST_DESKS = 3
const SEAL_KEY = Buffer.alloc(32, 5).toString('base64url')
const sessionAt = (index: number) => `0198d000-0000-7000-8000-00000000000${index + 1}`

/** How often each fault comes, relative to the other faults of the same history. */
const faults = {
  killDesk: 3,
  powerCut: 3,
  killNode: 3,
  cut: 4,
  silence: 2,
  storm: 2,
  blocked: 2,
  restart: 2,
  backup: 3,
  restore: 1,
  floor: 1,
  copyDisk: 2,
  clock: 1,
  serverClock: 1,
  erase: 1.5,
  forge: 1,
}
type Fault = keyof typeof faults

/**
 * Draws what a history has: how many workstations, for how long, with half of the kinds of fault. A few kinds meet each
 * other more often than all of them would, and such a history costs less, so a bug is found in less time (Groce et al.,
 * Swarm testing, ISSTA 2012). Histories of half the length cost more for each bug that they find, because most bugs
 * need several things to go wrong one after the other.
 */
function shapeOf(random: Random): { desks: number; busyMs: number; faults: Readonly<Partial<Record<Fault, number>>> } {
  const kinds = (Object.keys(faults) as Fault[]).filter((kind) => random.chance(0.5) || kind === 'cut')
  // Without a backup there is nothing to restore.
  if (kinds.includes('restore') && !kinds.includes('backup')) kinds.push('backup')
  return {
    desks: random.int(1, MOST_DESKS),
    busyMs: random.int(SHORTEST_BUSY_MS, LONGEST_BUSY_MS),
    faults: Object.fromEntries(kinds.map((kind) => [kind, faults[kind]])),
  }
}

/**
 * Plays one history: people work and everything breaks; then the faults stop, and every promise of the product is
 * checked. The disks lie in the folder `under`.
 */
export async function playHistory(seed: number, joints: Joints, under: string): Promise<History> {
  const disks = simulatedDisks(under)
  const world = createWorld(seed)
  try {
    return await play(world, seed, joints, disks, under)
  } finally {
    removeDisks(disks)
  }
}

async function play(world: World, seed: number, joints: Joints, disks: string, under: string): Promise<History> {
  const { random } = world
  const shape = shapeOf(random)
  const database = joints.database(createModelDatabase(world), world)
  const network = createNetwork(world)
  const { users, customers } = people(world.now())
  const customerIds = customers.map(({ id }) => id)
  const cost: Row<'productCost'> = { ...entityExamples.productCost(), id: '0198a000-0000-7000-8000-000000000099' }
  const state = database.committed()
  for (const user of users) state.rows.set(`user ${user.id}`, user)
  for (const customer of customers) state.rows.set(`customer ${customer.id}`, customer)
  state.rows.set(`productCost ${cost.id}`, cost)
  const counts = { commands: 0, crashes: 0, faults: 0 }
  let violation: Violation = null
  const look = (found: Violation, where = 'server'): void => {
    if (!found || violation) return
    violation = `${where}: ${found}`
    world.note(`VIOLATION ${violation}`)
  }
  const isWhole = () => violation === null
  const userNow = (userId: string) => database.committed().rows.get(`user ${userId}`) as User

  // The server's nodes.
  let nodeCount = 0
  let peace = false
  const nodes = new Map<Process, { offsetMs: number }>()
  const startOneNode = () => {
    const clock = { offsetMs: 0 }
    const process = world.process(`node${(nodeCount += 1)}`, () => clock.offsetMs)
    nodes.set(process, clock)
    if (!peace && random.chance(0.4)) process.dieIn(random.int(1, 600))
    process.onDeath(() => {
      nodes.delete(process)
      world.after(random.next() * 2000, startOneNode)
    })
    startNode({
      world,
      network,
      database,
      process,
      commandStore: joints.commandStore(database.commandStore(process), database, process),
      feedStore: joints.feedStore(database.feedStore(process), database, process),
      onAcknowledged: (commandIds) => {
        look(onlyWhatIsCommitted(commandIds, database.everTaken), process.name)
      },
      userAt: (deviceId) => desks.find((desk) => desk.deviceId === deviceId)!.userId,
    }).catch((error: unknown) => {
      world.note(`${process.name} does not start: ${(error as Error).message}`)
      // Starts a node that died again, as an operator would.
      process.kill()
    })
  }

  // The workstations.
  const desks: Desk[] = users.slice(0, shape.desks).map((user, index) => {
    const deviceId = `0198b000-0000-7000-8000-00000000000${index + 1}`
    state.sessions.set(sessionAt(index), {
      userId: user.id,
      deviceId,
      expiresAt: 9e15,
      endedAt: null,
      createdAt: 0,
      sealKey: SEAL_KEY,
    })
    return {
      name: `desk${index + 1}`,
      deviceId,
      userId: user.id,
      memory: newMemory(),
      folder: '',
      clockOffsetMs: random.chance(0.2) ? random.int(-3e10, 3e10) : 0,
      running: null,
      commitsToLive: Infinity,
    }
  })
  for (const [index, desk] of desks.entries()) {
    const user = users[index]!
    const template = templateOf(desk.deviceId, under, (folder) => {
      mkdirSync(folder)
      const session = {
        identity: identityOf(user),
        sessionToken: 's',
        sessionId: sessionAt(index),
        sealKey: SEAL_KEY,
        expiresAt: 9e15,
        site: { name: 'T', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' },
        expired: false,
      }
      prepareDisk(folder, state, sharedScopes(user), {
        deviceToken: 't',
        session: JSON.stringify(session),
        incarnation: `0198c000-0000-7000-8000-00000000000${index + 1}`,
      })
    })
    desk.folder = copyOfFolder(template, disks)
  }

  const restartLater = (desk: Desk) => {
    world.after(peace ? 100 : random.next() * 3000, () => {
      void startDesk(desk)
    })
  }
  async function startDesk(desk: Desk): Promise<void> {
    const process = world.process(desk.name, () => desk.clockOffsetMs)
    desk.commitsToLive = !peace && random.chance(0.25) ? random.int(1, 60) : Infinity
    try {
      desk.running = await startWorkstation({
        world,
        process,
        folder: desk.folder,
        deviceId: desk.deviceId,
        open: joints.link(network.openerOf(process), process),
        committed: () => database.committed(),
        snapshotOf: () => {
          const given = joints.snapshotOf(database.committed())
          look(rowsOfNobodyErased(given.rows, database.committed().erasures), 'a snapshot')
          return given
        },
        onSnapshotDue: (files) => {
          look(cannotBeFollowed(files, database.committed()), desk.name)
        },
        scopesAtServer: () => sharedScopes(userNow(desk.userId)),
        diesHere: () => (desk.commitsToLive -= 1) === 0,
        around: (writer, opened) => joints.writer(writer, opened, process),
        openFiles: (folder) => {
          const files = joints.openFiles(folder)
          look(whatWasToldIsThere(files, desk.userId, desk.memory), desk.name)
          look(cursorPassedNothing(files, database.committed()), desk.name)
          return files
        },
        onKilled: () => {
          crash(desk, 'kill', process)
        },
      })
    } catch (error) {
      if (process.isAlive()) crash(desk, 'kill', process)
      world.note(`${desk.name} does not start: ${(error as Error).message}`)
    }
  }
  function crash(desk: Desk, how: 'kill' | 'power', process = desk.running?.process): void {
    if (!process?.isAlive()) return
    counts.crashes += 1
    world.note(`${desk.name} ends by ${how}`)
    if (desk.running?.process === process) desk.folder = desk.running.crash(how, disks)
    else {
      const after = copyOfFolder(desk.folder, disks)
      process.kill()
      desk.folder = after
    }
    desk.running = null
    restartLater(desk)
  }

  // People work at the workstations.
  const work = (desk: Desk) => {
    world.after(random.next() * 1000, () => {
      if (peace) return
      work(desk)
      if (!desk.running) return
      counts.commands += 1
      actOnce(world, desk.running, customerIds, desk.memory).catch((error: unknown) => {
        world.note(`${desk.name} was told: ${(error as Error).message}`)
      })
    })
  }
  const office = world.process('office')
  const workInTheOffice = () => {
    world.after(random.next() * 900, () => {
      if (peace) return
      workInTheOffice()
      void officeWorks(world, office, database, customerIds, random.chance(0.15) ? random.next() * LONGEST_HELD_MS : 0)
    })
  }

  // Faults happen.
  const forged = new Set<string>()
  const backups: { state: ReturnType<ModelDatabase['backup']> }[] = []
  const breakSomething = () => {
    world.after(random.next() * 1600, () => {
      if (peace) return
      breakSomething()
      counts.faults += 1
      const kind = random.weighted(shape.faults)
      world.note(`fault: ${kind}`)
      const desk = random.pick(desks)
      switch (kind) {
        case 'killDesk':
          crash(desk, 'kill')
          break
        case 'powerCut':
          crash(desk, 'power')
          break
        case 'killNode':
          if (nodes.size > 0) random.pick([...nodes.keys()]).kill()
          break
        case 'cut':
          network.cut(0.5, false)
          break
        case 'silence':
          network.cut(0.5, true)
          break
        case 'storm':
          Object.assign(network.weather, { longestMs: random.pick([5, 50, 1500]), doubled: random.pick([0, 0, 0.3]) })
          break
        case 'blocked':
          network.blocked = true
          network.cut(1, false)
          world.after(random.next() * 3000, () => {
            network.blocked = false
          })
          break
        case 'restart':
          database.restart(random.next() * 2000)
          break
        case 'backup':
          backups.push({ state: database.backup() })
          break
        case 'restore':
          if (backups.length > 0) database.restore(random.pick(backups).state, `epoch-${world.newId()}`)
          break
        case 'floor':
          database.raiseFloor((database.committed().log.at(-1)?.seq ?? 0) - random.int(0, 3))
          break
        case 'clock':
          desk.clockOffsetMs += random.int(-3e9, 3e9)
          break
        // The two clocks never differ by more than the time for which the journal keeps sent commands, because a
        // command that is older by both clocks may be removed.
        case 'serverClock':
          if (nodes.size > 0) random.pick([...nodes.values()]).offsetMs = random.int(-6e8, 6e8)
          break
        case 'forge':
          if (desk.running) void forgeCommand(world, desk.running, customerIds, forged)
          break
        // At least one customer stays, so that there is work to do.
        case 'erase':
          if (database.committed().erasures.length < customerIds.length - 1)
            void eraseCustomer(world, office, database, random.pick(customerIds))
          break
        case 'copyDisk': {
          if (desks.length > shape.desks) break
          const copy: Desk = {
            ...desk,
            name: `copy-of-${desk.name}`,
            folder: copyOfFolder(desk.folder, disks),
            memory: copyOfMemory(desk.memory),
            running: null,
          }
          desks.push(copy)
          void startDesk(copy)
          work(copy)
        }
      }
    })
  }

  startOneNode()
  startOneNode()
  for (const desk of desks) {
    void startDesk(desk)
    work(desk)
  }
  workInTheOffice()
  breakSomething()
  await world.run(world.now() + shape.busyMs, isWhole)

  peace = true
  world.note('peace')
  Object.assign(network.weather, { longestMs: 5, doubled: 0 })
  network.blocked = false
  for (const desk of desks) desk.commitsToLive = Infinity
  for (const node of nodes.keys()) node.dieIn(Infinity)
  const until = world.now() + LONGEST_PEACE_MS
  // The transactions that the back office holds open end within this time.
  await world.run(world.now() + LONGEST_HELD_MS, isWhole)
  while (isWhole() && !isQuiet() && world.now() < until) await world.run(world.now() + 2000, isWhole)

  function isQuiet(): boolean {
    const { pending, log, epoch, floor, erasures } = database.committed()
    const head = Math.max(floor, log.at(-1)?.seq ?? 0)
    return (
      pending.length === 0 &&
      desks.every(({ running, userId }) => {
        if (!running) return false
        const place = cachePlace(running.files.cache)
        return (
          cacheFits(place, epoch, sharedScopes(userNow(userId))) &&
          place.cursor === head &&
          erasurePlace(running.files.journal, epoch) === erasures.length &&
          unsettledCommands(running.files.journal).every((one) => one.state === 'refused' || one.state === 'parked')
        )
      })
    )
  }
  function lookAtEverything(): void {
    const committed = database.committed()
    look(logHolds(committed))
    look(noEffectTwice(committed))
    look(nobodyElsesWork(committed, forged))
    look(rowsOfNobodyErased(committed.rows, committed.erasures))
    look(logOfNobodyErased(committed))
    for (const { running, name, userId, deviceId, memory } of desks) {
      if (!running) {
        look('it does not come up again', name)
        continue
      }
      const { files } = running
      const scopes = sharedScopes(userNow(userId))
      look(whatWasToldIsThere(files, userId, memory), name)
      const copies = desks.flatMap((desk) =>
        desk.running && desk.running !== running && desk.deviceId === deviceId ? [desk.running.files] : [],
      )
      look(
        everyCommandEnded(files, memory, committed, {
          wasRestored: committed.epoch !== 'epoch-1',
          wasCopied: desks.length > shape.desks,
          copies,
        }),
        name,
      )
      look(nothingForeign(files, scopes), name)
      look(sameAsTheServer(files, committed, scopes), name)
      look(holdsNobodyErased(files, committed), name)
      look(cursorPassedNothing(files, committed), name)
    }
  }

  if (isWhole()) lookAtEverything()
  for (const { running } of desks) running?.process.kill()
  return { seed, violation, trace: world.trace(), fingerprint: world.fingerprint(), counts }
}

/**
 * Disks in the state before anything has happened, made once in each thread and then copied; they are removed with the
 * folder of the run.
 */
let templates: string | null = null
const made = new Map<string, string>()
function templateOf(key: string, under: string, make: (folder: string) => void): string {
  templates ??= simulatedDisks(under)
  const known = made.get(key)
  if (known) return known
  const folder = join(templates, key)
  make(folder)
  made.set(key, folder)
  return folder
}
