import type { CommandName } from '../../../protocol/commands.ts'
import type { ErrorCode } from '../../../protocol/errors.ts'

const findings = {
  COMMANDS_PARKED: {
    is: 'Parked commands: {count}',
    todo: 'They wait for a decision. Read them below, settle each with its author, then press "Dealt with".',
  },
  COMMANDS_REFUSED: {
    is: 'Refused commands: {count}',
    todo: 'Their authors see them on their workstations. Check whether each was written again, then press "Dealt with".',
  },
  DEVICE_ALARMS: {
    is: 'Workstations with an alarm: {count}',
    todo: 'Free space where the disk is full. Where a journal was damaged, keep the damaged file that Ringside set aside and check the entries that it saved.',
  },
  WORK_LEFT_LYING: {
    is: 'Offline workstations with unsent work: {count}',
    todo: 'Start Ringside there once with the network connected. It sends the work on its own.',
  },
  LONG_TRANSACTION: {
    is: 'A transaction has been open for {minutes} min: process {pid}, "{application}"',
    todo: 'While it is open, PostgreSQL cannot clean up replaced rows. Find out whose it is and end it: select pg_terminate_backend({pid});',
  },
  SEQUENCER_BEHIND: {
    is: 'Changes without a number: {count}, the oldest for {seconds} s',
    todo: 'Other users do not see them yet. Nothing is lost. Look for "feed" in the logs of the nodes, and check the load and the disk of the database.',
  },
  NODE_BEHIND: {
    is: 'Changes that this node has not sent: {count}',
    todo: 'Check its load and its connection to the database. If this does not change, restart the node. Workstations reconnect on their own.',
  },
  TELEPHONES_NOWHERE: {
    is: 'No node is connected to the telephone system',
    todo: 'Calls do not reach the workstations. If this lasts longer than a minute, look for "telephones" in the logs of the nodes, and check whether they reach the database and the telephone system.',
  },
  SNAPSHOT_MISSING: {
    is: 'No snapshot is ready for {scopes}',
    todo: 'New workstations are waiting for it. Look for "snapshot failed" in the log, and check whether the data folder has free space.',
  },
}

const commands: Record<CommandName, string> = {
  'interaction.wrapUp': 'Contact wrapped up',
  'interaction.revise': 'Note revised',
  'customer.capture': 'Caller captured',
  'customer.change': 'Customer changed',
  'contactPoint.add': 'Number added',
  'number.pick': 'Caller picked',
  'quote.issue': 'Quote issued',
  'quote.answer': 'Quote answered',
  'complaint.log': 'Complaint logged',
  'complaint.advance': 'Complaint passed on',
  'preference.set': 'Preference set',
  'preference.confirm': 'Preference confirmed',
  'task.add': 'Task added',
  'task.claim': 'Task claimed',
  'task.done': 'Task done',
  'interaction.add': 'Note added to',
  'quote.decide': 'Price decided',
  'quote.seen': 'Decision read',
  'quote.takeBack': 'Answer taken back',
  'complaint.takeBack': 'Step taken back',
  'preference.retire': 'Preference retired',
  'preference.takeBack': 'Preference restored',
  'task.assign': 'Task given on',
  'task.postpone': 'Task put off',
  'task.drop': 'Task dropped',
  'task.takeBack': 'Task reopened',
}

/** Why a command was not applied, in a few words that repeat nothing of what the user typed. */
const reasons: Partial<Record<ErrorCode, string>> = {
  BAD_ARGUMENT: 'damaged, or written by another version',
  UNKNOWN_NAME: 'unknown to this version',
  NOT_ALLOWED: 'the user is not allowed to do this, or has left',
  CUSTOMER_UNKNOWN: 'customer unknown',
  ROW_UNKNOWN: 'its subject is gone',
  CHANGED_MEANWHILE: 'a colleague changed it first',
  STEP_NO_LONGER_FITS: 'the step no longer fits',
  PRICE_NEEDS_REASON: 'price without a reason',
  PRICE_BELOW_FLOOR: 'price below the floor',
  PRODUCT_UNKNOWN: 'product unknown',
  NUMBER_UNUSABLE: 'not a phone number',
  NUMBER_NEEDS_COUNTRY: 'number without a country',
  NAME_MISSING: 'name missing',
  DUE_IN_THE_PAST: 'due in the past',
  SEAL_UNKNOWN: 'the sign-in in which it was done is not known here',
  SEAL_BROKEN: 'not proved to be done by this user',
  SIGN_IN_OVER: 'needs the user’s role, and their sign-in had ended',
  TOO_LARGE: 'too large',
  INTERNAL: 'failed on the server; its log has the id of the command',
}

/** The words of the operator's page and command line. The program fills in `{names}`. */
export const operator = {
  title: 'Server status',
  calm: 'All systems OK',
  needs: 'Needs attention: {count}',
  asOf: 'As of {time}. Updated every {seconds} s.',
  signedInAs: 'Signed in as {name}',
  signIn: 'Sign in',
  signOut: 'Sign out',
  login: 'Name',
  password: 'Password',
  signInHint: 'For supervisors and managers. Use the name and password of your workstation.',
  signInRefused: 'The name or the password is not right, or this role may not see the status.',
  signInPaused: 'Too many tries, or the server is busy. Wait a moment and try again.',
  whatToDo: 'Needs attention',
  node: 'This node',
  center: 'The server',
  workstations: 'Workstations',
  commands: 'Refused and parked commands',
  snapshots: 'Snapshots',
  transactions: 'Long transactions',
  since: 'since {time}',
  sinceStart: 'Since this node started, {time}.',
  none: 'none',
  never: 'not yet',
  away: 'offline',
  here: 'online',
  nobody: 'nobody signed in',
  hidden: 'not shown',
  dealtWith: 'Dealt with',
  figures: {
    version: { name: 'Version', is: 'Version of Ringside. It accepts workstations with protocol {protocol}.' },
    uptime: { name: 'Running for', is: 'Since {time}.' },
    connections: { name: 'Connected', is: 'Workstations that are connected to this node now.' },
    memory: { name: 'Memory', is: 'Memory that this node uses now.' },
    late: {
      name: 'Delay',
      is: 'The slowest 1 % of this node’s work in the last two minutes started this late. Below 50 ms is fine.',
    },
    handshakes: { name: 'Handshakes', is: '{refused} refused, {turnedAway} asked to try again later.' },
    commands: {
      name: 'Commands taken',
      is: '{altered} altered, {refused} refused, {parked} parked, {retryLater} asked to try again.',
    },
    pages: {
      name: 'Catch-up pages',
      is: '{shared} of them served several workstations. {slow} workstations were disconnected because they did not read.',
    },
    database: { name: 'Database', is: 'PostgreSQL {version} answered in {ms} ms.' },
    head: {
      name: 'Newest change',
      is: 'Number of the newest change. Workstations can catch up from number {floor} on.',
    },
    log: {
      name: 'Kept changes',
      is: 'Changes in the feed. The server deletes changes older than two weeks but keeps the newest 200,000.',
    },
    pending: {
      name: 'Without a number',
      is: 'Changes that have not been sent to other workstations yet. The oldest has waited {time}.',
    },
    telephones: {
      name: 'Telephones',
      is: 'This node is connected to the telephone system since {time}.',
      nobody: 'No node is connected to the telephone system.',
    },
    here: { name: 'Online', is: 'Workstations that reported in the last few minutes. Offline: {away}.' },
  },
  columns: {
    workstation: 'Workstation',
    who: 'User',
    version: 'Version',
    seen: 'Last seen',
    behind: 'Behind',
    unsent: 'Unsent',
    attention: 'Needs attention',
    alarm: 'Alarm',
    disk: 'Free disk',
    what: 'Command',
    when: 'Time',
    why: 'Reason',
    text: 'Text',
    scopes: 'For',
    built: 'Built',
    size: 'Size',
    process: 'Process',
    program: 'Program',
    open: 'Open for',
  },
  kinds: { refused: 'refused: {why}', parked: 'parked: {why}' },
  means: {
    workstations:
      'The last report of each workstation: changes that it has not applied yet (behind), commands that it has not sent (unsent), and refused or parked commands that nobody there has dealt with (needs attention).',
    commands: 'Each command stays here with its text until someone marks it as dealt with.',
    snapshots: 'Files that new workstations download, one for each set of rights.',
    transactions:
      'Transactions open for more than a minute. PostgreSQL cannot clean up replaced rows meanwhile, so the feed slows down.',
  },
  commandNames: commands,
  reasons: reasons,
  findings: findings,
  alarms: {
    JOURNAL_FULL: 'disk full',
    DISK_TOO_SMALL: 'no room to load the customers',
    JOURNAL_DAMAGED: 'journal damaged',
  } as Partial<Record<ErrorCode, string>>,
}

export type OperatorWords = typeof operator
