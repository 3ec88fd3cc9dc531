/** Rail, strip, palette, sign-in, first start, sync state. */
export const shell = {
  place: { calls: 'Calls', search: 'Search', callbacks: 'Callbacks', complaints: 'Complaints', approvals: 'Approvals' },
  places: 'Places',
  language: 'Language',
  toEnglish: 'English',
  toChinese: '中文',
  lightScheme: 'Light colours',
  darkScheme: 'Dark colours',
  switchLanguage: 'Switch to Chinese',
  close: 'Close',
  cancel: 'Cancel',
  loading: 'Loading …',
  help: 'Keyboard shortcuts',
  helpIntro: 'Everything works without the mouse. Only F2 answers a call.',
  agentState: {
    label: 'Your state',
    LOGGED_OUT: 'Logged out', NOT_READY: 'Not ready', READY: 'Ready', RESERVED: 'Reserved', TALKING: 'Talking', HOLD: 'Hold',
    WORK: 'Wrap-up, then not ready', WORK_READY: 'Wrap-up, then ready', unknown: 'Phone disconnected',
  },
  reason: {
    break: 'Break', lunch: 'Lunch', training: 'Training', meeting: 'Meeting', backOffice: 'Back office', technical: 'Technical problem',
    signedIn: 'Just signed in', missedCall: 'Missed call',
  },
  beReady: 'Go ready',
  notReadyNote: 'You are not ready, so you receive no calls.',
  signOut: 'Sign out',
  signOutUnsaved: 'Not signed out: your text is not saved yet. Ringside keeps trying. Sign out when the note shows "Saved".',
  signOutFirstPause: 'Sign out (from "Not ready" only)',
  signIn: {
    title: 'Sign in to Ringside', login: 'Name', password: 'Password', submit: 'Sign in', working: 'Signing in …',
    kept: 'You are signed out. Your unsent work on this computer is kept and is sent after you sign in.',
  },
  setup: {
    title: 'Loading the customers for the first time', progress: '{done} of {total}', left: 'about {time} left',
    meanwhile: 'You can start working now. Until loading is done, Ringside looks callers up on the server.',
  },
  core: {
    connecting: 'Connecting to Ringside on this computer …',
    gone: 'Ringside on this computer does not answer. Your text stays here and is saved when Ringside is back. If this does not change, start Ringside again and open the address it prints.',
    notAdmitted: 'Ringside on this computer does not know this window yet. Open the address that it printed at its start, or run this command to open a new one: npm run ringside -- open',
  },
  sync: {
    synced: 'synced', loading: 'loading the customers', unsent: '{count} unsent', attention: '{count} need you', attention_one: '{count} needs you', connecting: 'connecting …', behind: 'catching up, changes left: {count}',
    alarm: 'alarm', offlineShort: 'offline {time}', offlineSince: 'Offline since {time}', offline: 'Offline', refused: 'the server refuses this workstation',
    keySecret: "Files are protected by a key file, not by the system's keychain.",
    listTitle: 'Unsent items', listEmpty: 'Nothing is waiting to be sent.',
    sendAgain: 'Send again', change: 'Change', changeTitle: 'Correct and send again', changeSend: 'Send corrected version', drop: 'Discard', dropSure: 'Discard permanently?', dropYes: 'Yes, discard it', sendNow: 'Send now',
    waiting: 'waiting for the server', sent: 'sent, waiting for the answer', refusedState: 'refused', parked: 'set aside, a supervisor decides',
    by: '{name}, {time}', expired: 'Your sign-in has expired. You can keep working. Your work is sent after you sign in again.', signInAgain: 'Sign in again',
  },
  command: {
    'interaction.wrapUp': 'Contact', 'interaction.revise': 'Note changed', 'customer.capture': 'New customer', 'customer.change': 'Customer changed',
    'contactPoint.add': 'New number', 'number.pick': 'Caller chosen', 'quote.issue': 'Quote', 'quote.answer': 'Answer to a quote',
    'complaint.log': 'Complaint', 'complaint.advance': 'Complaint step', 'preference.set': 'Preference', 'preference.confirm': 'Preference confirmed',
    'task.add': 'New task', 'task.claim': 'Task taken', 'task.done': 'Task done',
    'interaction.add': 'Added to a note', 'quote.decide': 'Decision on a price', 'quote.seen': 'Decision read', 'quote.takeBack': 'Answer undone', 'complaint.takeBack': 'Step undone',
    'preference.retire': 'Preference no longer true', 'preference.takeBack': 'Preference restored', 'task.assign': 'Task assigned', 'task.postpone': 'Task postponed', 'task.drop': 'Task dropped', 'task.takeBack': 'Task reopened',
  },
  /** The fields that a user types into a command, by the last step of their path. */
  typed: {
    note: 'Note', dueAt: 'Time', displayName: 'Name', nativeName: 'Name in Chinese or another script', city: 'City', raw: 'Number', birthday: 'Birthday', remark: 'Remark',
    quantity: 'Quantity', unitPriceMinor: 'Price', reason: 'Reason', subject: 'Subject', description: 'Description', comment: 'Comment', value: 'Value',
    title: 'Title', detail: 'Detail', text: 'Text', owner: 'Owner', callbackAt: 'Callback', department: 'Department',
  },
  /** Values of a refusal that have a name of their own. */
  refused: { told: 'the price quoted before', list: 'the list price', colleague: 'a colleague' },
  typedWrong: {
    line: 'This cannot be read.', text: 'This cannot be read.', amount: 'Enter an amount, for example 182.50.', count: 'Enter a whole number, 1 or more.',
    instant: 'Enter a time in the future, for example tomorrow 10:00.',
  },
  palette: {
    title: 'Search or run a command', placeholder: 'Customer, place or command', nothing: 'Nothing found for "{text}".', customers: 'Customers', doing: 'Commands',
    hint: '↑ ↓ choose · Enter run · Esc close',
  },
  key: {
    answer: 'Answer the ringing call', hold: 'Hold or resume', goToRinging: 'Go to the waiting call', note: 'Write the note',
    price: 'Quote a price', transfer: 'Transfer the call', hangUp: 'Hang up', help: 'This list', palette: 'Search or run a command', wrapUp: 'Wrap up',
    calls: 'Calls', search: 'Search', callbacks: 'Callbacks', complaints: 'Complaints', approvals: 'Approvals', undo: 'Undo what was just done', agentState: 'Your state', ready: 'Go ready', unsent: 'Unsent items',
    logComplaint: 'Log a complaint', addPreference: 'Note a preference', moreMatters: 'All open matters', otherCandidates: 'Other customers with this number',
    notThem: 'Wrong customer', organisation: "The customer's organisation", who: 'Identify the caller', previousView: 'Previous tab', nextView: 'Next tab', intoView: 'Focus the list', closeTab: 'Close the customer tab', tabs: 'Go to call or customer 1 to 9',
    choose: 'Choose the caller (1 to 9)',
  },
  failed: {
    reload: 'Reload',
    part: '"{name}" cannot be shown.', kept: 'Your text is kept.', again: 'Try again',
    tab: 'This tab', dialog: 'This window', form: 'This form', matter: 'This matter', header: 'The header', window: 'The screen',
  },
} as const
