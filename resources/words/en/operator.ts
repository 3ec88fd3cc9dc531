import type { CommandName } from '../../../protocol/commands.ts'
import type { ErrorCode } from '../../../protocol/errors.ts'

const findings = {
  COMMANDS_PARKED: { is: 'Parked commands: {count}', todo: 'They wait for a decision. Read them below, settle each with who wrote it, then press "Dealt with".' },
  COMMANDS_REFUSED: { is: 'Refused commands: {count}', todo: 'Who wrote them sees them at their desk. Look whether each was written again, then press "Dealt with".' },
  DEVICE_ALARMS: { is: 'Workstations with an alarm: {count}', todo: 'Free space where the disk is full. Where a journal was damaged, keep the file that was set aside and look through what was saved.' },
  WORK_LEFT_LYING: { is: 'Workstations that are away with unsent work: {count}', todo: 'Start Ringside there once with the network connected: the work goes out by itself.' },
  LONG_TRANSACTION: { is: 'A transaction is open since {minutes} min: process {pid}, "{application}"', todo: 'While it is open nothing that was replaced can be cleaned up. Ask whose it is, and end it: select pg_terminate_backend({pid});' },
  SEQUENCER_BEHIND: { is: 'Changes without a number: {count}, the oldest for {seconds} s', todo: 'Colleagues do not see them yet; nothing is lost. Look for "feed" in the log of the nodes, and at the load and the disk of the database.' },
  NODE_BEHIND: { is: 'This node has {count} changes not given out', todo: 'Look at its load and its connection to the database. If it stays so, restart this node: workstations come back by themselves.' },
  TELEPHONES_NOWHERE: { is: 'No node has the telephones', todo: 'Calls do not reach the desks. If it stays so for a minute, look for "telephones" in the log of the nodes, and whether they reach the database and the telephone system.' },
  SNAPSHOT_MISSING: { is: 'No snapshot is ready for {scopes}', todo: 'New workstations wait for it. Look for "snapshot failed" in the log, and whether the data folder has room.' },
}

const commands: Record<CommandName, string> = {
  'interaction.wrapUp': 'Contact wrapped up', 'interaction.revise': 'Note revised', 'customer.capture': 'Caller captured', 'customer.change': 'Customer changed',
  'contactPoint.add': 'Number added', 'number.pick': 'Caller picked', 'quote.issue': 'Quote issued', 'quote.answer': 'Quote answered', 'complaint.log': 'Complaint logged',
  'complaint.advance': 'Complaint passed on', 'preference.set': 'Preference set', 'preference.confirm': 'Preference confirmed', 'task.add': 'Task added', 'task.claim': 'Task claimed', 'task.done': 'Task done',
}

/** Why a command was not done, in few words that repeat nothing of what was typed. */
const reasons: Partial<Record<ErrorCode, string>> = {
  BAD_ARGUMENT: 'damaged or made by another version', UNKNOWN_NAME: 'unknown to this version', NOT_ALLOWED: 'not allowed to this user, or this user has left', CUSTOMER_UNKNOWN: 'customer not known', ROW_UNKNOWN: 'what it refers to is gone',
  CHANGED_MEANWHILE: 'changed by a colleague meanwhile', STEP_NO_LONGER_FITS: 'the step no longer fits', PRICE_NEEDS_REASON: 'price without a reason', PRICE_BELOW_FLOOR: 'price below the floor',
  PRODUCT_UNKNOWN: 'product not known', NUMBER_UNUSABLE: 'not a phone number', NUMBER_NEEDS_COUNTRY: 'number without a country', NAME_MISSING: 'name missing', DUE_IN_THE_PAST: 'due in the past',
  TOO_LARGE: 'too large', INTERNAL: 'failed in the center; its log has the command’s id',
}

/** What the operator's page and command line say. `{names}` are filled in. */
export const operator = {
  title: 'Center status',
  calm: 'Nothing needs a person',
  needs: 'Needs a person: {count}',
  asOf: 'As of {time}. Renewed every {seconds} s.',
  signedInAs: 'Signed in as {name}',
  signIn: 'Sign in', signOut: 'Sign out', login: 'Name', password: 'Password',
  signInHint: 'For supervisors and managers, with the name and password of their desk.',
  signInRefused: 'The name or the password is not right, or this role may not see the status.',
  signInPaused: 'Too many tries, or the center is busy. Wait a little and try again.',
  whatToDo: 'What needs a person', node: 'This node', center: 'The center', workstations: 'Workstations', commands: 'Refused and parked commands', snapshots: 'Snapshots', transactions: 'Long transactions',
  since: 'since {time}', sinceStart: 'Since this node started, {time}.',
  none: 'none', never: 'not yet', away: 'away', here: 'here', nobody: 'nobody signed in', hidden: 'not shown',
  dealtWith: 'Dealt with',
  figures: {
    version: { name: 'Version', is: 'Of Ringside; it takes workstations of protocol {protocol}.' },
    uptime: { name: 'Running for', is: 'Since {time}.' },
    connections: { name: 'Connected', is: 'Workstations connected to this node now.' },
    memory: { name: 'Memory', is: 'Of this node’s process now.' },
    late: { name: 'Late by', is: 'The slowest hundredth of this node’s work began so late, in the last two minutes. Below 50 ms is fine.' },
    handshakes: { name: 'Handshakes', is: '{refused} refused, {turnedAway} asked to come later.' },
    commands: { name: 'Commands taken', is: '{altered} altered, {refused} refused, {parked} parked, {retryLater} asked to come again.' },
    pages: { name: 'Catch-up pages', is: '{shared} of them shared with others. {slow} readers cut off because they did not read.' },
    database: { name: 'Database', is: 'PostgreSQL {version}, answered in {ms} ms.' },
    head: { name: 'Newest change', is: 'Number of the newest change; can be followed from {floor} on.' },
    log: { name: 'Kept changes', is: 'Lines of the log. Older than two weeks they go, but for the newest 200,000.' },
    pending: { name: 'Without a number', is: 'Changes that are not yet on their way to colleagues; the oldest for {time}.' },
    telephones: { name: 'Telephones', is: 'The node that has them, since {time}.', nobody: 'No node has them just now.' },
    here: { name: 'Here', is: 'Reported within the last minutes; away: {away}.' },
  },
  columns: {
    workstation: 'Workstation', who: 'Who', version: 'Version', seen: 'Last seen', behind: 'Behind', unsent: 'Unsent', attention: 'Needs attention', alarm: 'Alarm', disk: 'Free disk',
    what: 'What', when: 'When', why: 'Why', text: 'What was written', scopes: 'For', built: 'Built', size: 'Size', process: 'Process', program: 'Program', open: 'Open for',
  },
  kinds: { refused: 'refused: {why}', parked: 'parked: {why}' },
  means: {
    workstations: 'What each said of itself last: changes it knows of and has not applied (behind), commands not gone out (unsent), refused or parked ones nobody there has dealt with.',
    commands: 'Each stays here with its text until somebody has dealt with it.',
    snapshots: 'Ready files for new workstations, by what their users may see.',
    transactions: 'Older than a minute. Nothing that was replaced since can be cleaned up, so the feed slows down.',
  },
  commandNames: commands, reasons: reasons, findings: findings,
  alarms: { JOURNAL_FULL: 'disk full', JOURNAL_DAMAGED: 'journal damaged' } as Partial<Record<ErrorCode, string>>,
}

export type OperatorWords = typeof operator
