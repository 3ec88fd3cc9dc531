import { knownDevices, readmitDevice, revokeDevice, type KnownDevice } from '../server/auth/revoke-device.ts'
import type { Pool } from '../server/db/connect.ts'

type Say = (line: string) => void

/** Bars the device that `named` names. Without `sure` it only prints which device that is and how to go on. */
export async function revokeNamed(pool: Pool, named: string, sure: boolean, say: Say): Promise<void> {
  const device = pick(await knownDevices(pool), named)
  if (device.revokedAt !== null)
    throw new Error(
      `${shown(device)} is barred since ${time(device.revokedAt)}. To let it in again: revoke ${device.id} --undo`,
    )
  if (!sure) {
    say(`${shown(device)} would be barred from the server, whoever uses it. ${unsentOf(device)}`)
    say('Nothing was done. To do it, say the same with --sure.')
    return
  }
  if (!(await revokeDevice(pool, device.id, Date.now()))) throw new Error('Somebody else barred it just now.')
  say(`Barred: ${shown(device)}. ${unsentOf(device)}`)
  say(
    'Servers that run let go of it within half a minute. Who may know a password that was used at it changes that, too.',
  )
}

/** Lets a barred device in again. */
export async function readmitNamed(pool: Pool, named: string, say: Say): Promise<void> {
  const device = pick(await knownDevices(pool), named)
  if (!(await readmitDevice(pool, device.id))) throw new Error(`${shown(device)} is not barred.`)
  say(
    `${shown(device)} may come in again: somebody of these, or a supervisor, signs in at it. Then it sends what it had kept.`,
  )
}

/** Prints all devices with what tells them apart; those that were connected last come first. */
export async function printDevices(pool: Pool, say: Say): Promise<void> {
  const devices = await knownDevices(pool)
  if (devices.length === 0) say('No workstation has registered here.')
  for (const device of devices)
    say(`${device.id}  ${shown(device)}${device.revokedAt === null ? '' : `  barred ${time(device.revokedAt)}`}`)
}

/** Finds a device by its id, by the beginning of its id, or by its name where only one device has it. */
function pick(devices: readonly KnownDevice[], named: string): KnownDevice {
  const found = devices.filter(
    ({ id, label }) => (named.length >= 8 && id.startsWith(named.toLowerCase())) || label === named,
  )
  const [device] = found
  if (!device) throw new Error(`There is no device ${named}. revoke --list shows them all.`)
  if (found.length > 1)
    throw new Error(
      `${found.length} devices are called ${named}. Name one by its id: ${found.map((one) => `${one.id} (${people(one)}, last seen ${time(one.seenAt)})`).join(', ')}`,
    )
  return device
}

const people = ({ users }: KnownDevice) => users.map(clean).join(', ') || 'nobody'
const shown = (device: KnownDevice) =>
  `${clean(device.label) || 'without a name'}, used by ${people(device)}, last seen ${time(device.seenAt)}`
const unsentOf = ({ unsent }: KnownDevice) =>
  unsent === null || unsent === 0
    ? 'It reported nothing unsent.'
    : `It reported ${unsent} unsent, which only that machine has.`
const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** A device chooses its own name, so control characters that a terminal would obey are removed. */
// oxlint-disable-next-line no-control-regex -- these are what has to go
const clean = (text: string) => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim()
