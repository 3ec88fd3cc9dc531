/** Rail, strip, palette, sign-in, first start, sync state. */
export const shell = {
  place: { calls: 'Calls', search: 'Search', callbacks: 'Callbacks', complaints: 'Complaints' },
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
  help: 'Keys',
  helpIntro: 'Everything can be done without the mouse. No key answers a call but the one that says so.',
  agentState: {
    label: 'Your state',
    LOGGED_OUT: 'Logged out', NOT_READY: 'Not ready', READY: 'Ready', RESERVED: 'Reserved', TALKING: 'Talking', HOLD: 'Hold',
    WORK: 'Wrap-up, then not ready', WORK_READY: 'Wrap-up, then ready', unknown: 'No telephone state',
  },
  reason: {
    break: 'Break', lunch: 'Lunch', training: 'Training', meeting: 'Meeting', backOffice: 'Back office', technical: 'Technical problem',
    signedIn: 'Just signed in', missedCall: 'Missed a call',
  },
  beReady: 'Be ready',
  notReadyNote: 'You are not ready, so no call comes to you.',
  signOut: 'Sign out',
  signOutUnsaved: 'Not signed out: what you typed is not on disk yet. It is tried again by itself; sign out when the note says that it is saved.',
  signOutFirstPause: 'Sign out (from "Not ready" only)',
  signIn: {
    title: 'Sign in to Ringside', login: 'Name', password: 'Password', submit: 'Sign in', working: 'Signing in …',
    kept: 'Not signed in any more. What was written on this machine is kept and goes out after signing in.',
  },
  setup: {
    title: 'Loading the customers for the first time', progress: '{done} of {total}', left: 'about {time} left',
    meanwhile: 'You can work already: until this is done, callers are looked up at the center.',
  },
  core: {
    connecting: 'Connecting to Ringside on this machine …',
    gone: 'Ringside on this machine does not answer. What you type stays here and is saved when it is back. If this lasts, start Ringside again and open the address it prints.',
    notAdmitted: 'Ringside on this machine does not know this window yet. Open the address that it printed when it started, or have a fresh one opened: npm run ringside -- open',
  },
  sync: {
    synced: 'synced', loading: 'loading the customers', unsent: '{count} unsent', attention: '{count} need you', attention_one: '{count} needs you', connecting: 'connecting …', behind: 'catching up, changes to go: {count}',
    alarm: 'alarm', offlineShort: 'offline {time}', offlineSince: 'center not reached since {time}', offline: 'center not reached', refused: 'center refuses this workstation',
    keySecret: "Files are protected by a key file, not by the system's keychain.",
    listTitle: 'Not yet at the center', listEmpty: 'Nothing waits to be sent.',
    sendAgain: 'Send again', change: 'Change', changeTitle: 'Write it otherwise', changeSend: 'Send it like this', drop: 'Drop', dropSure: 'Drop for good?', dropYes: 'Yes, drop it', sendNow: 'Send now',
    waiting: 'waits for the center', sent: 'sent, waits for the answer', refusedState: 'refused', parked: 'set aside for a person to decide',
    by: '{name}, {time}', expired: 'Your sign-in has expired: work goes on, sending waits.', signInAgain: 'Sign in again',
  },
  command: {
    'interaction.wrapUp': 'Contact', 'interaction.revise': 'Changed note', 'customer.capture': 'New customer', 'customer.change': 'Changed customer',
    'contactPoint.add': 'New number', 'number.pick': 'Who a number is', 'quote.issue': 'Quote', 'quote.answer': 'Answer to a quote',
    'complaint.log': 'Complaint', 'complaint.advance': 'Step of a complaint', 'preference.set': 'Preference', 'preference.confirm': 'Confirmed preference',
    'task.add': 'New task', 'task.claim': 'Taken task', 'task.done': 'Done task',
  },
  /** What a person typed into a command, by the last step of its path. */
  typed: {
    note: 'Note', dueAt: 'Time', displayName: 'Name', nativeName: 'Name in its own script', city: 'City', raw: 'Number', birthday: 'Birthday', remark: 'Remark',
    quantity: 'Quantity', unitPriceMinor: 'Price', reason: 'Reason', subject: 'Subject', description: 'Description', comment: 'Comment', value: 'Value',
    title: 'Title', detail: 'Detail', text: 'Text', owner: 'In charge', callbackAt: 'Callback', department: 'Department',
  },
  /** What stands by its name in a refusal. */
  refused: { told: 'what they were told', list: 'the list', colleague: 'a colleague' },
  typedWrong: {
    line: 'This cannot be read.', text: 'This cannot be read.', amount: 'Write an amount, for instance 182.50.', count: 'Write a whole number from 1.',
    instant: 'Write a time that is still to come, for instance tomorrow 10:00.',
  },
  palette: {
    title: 'Go to or do', placeholder: 'Customer, place or action', nothing: 'Nothing found for "{text}".', customers: 'Customers', doing: 'Actions',
    hint: '↑ ↓ choose · Enter does it · Esc closes',
  },
  key: {
    answer: 'Answer the ringing call', hold: 'Hold, take back', goToRinging: 'Go to the call that waits', note: 'Write the note',
    price: 'Quote a price', transfer: 'Transfer the call', hangUp: 'Hang up', help: 'This list', palette: 'Go to or do', wrapUp: 'Wrap up',
    calls: 'Calls', search: 'Search', callbacks: 'Callbacks', complaints: 'Complaints', agentState: 'Your state', ready: 'Be ready', unsent: 'What is unsent',
    logComplaint: 'Log a complaint', addPreference: 'Note a preference', moreMatters: 'All open matters', otherCandidates: 'Other customers of this number',
    notThem: 'It is not them', organisation: 'Their organisation', who: 'Say who is calling', previousView: 'View to the left', nextView: 'View to the right', intoView: 'Into the view: read on, take a step', closeTab: "Close a customer's tab", tabs: 'Tab 1 to 9',
    choose: 'Choose whom it is (1 to 9)',
  },
  failed: { title: 'This part of the screen failed', text: 'What you typed is kept. Reload the screen to go on.', reload: 'Reload' },
} as const
