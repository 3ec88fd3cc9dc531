/**
 * Why a workstation does not start, for the time before there is a screen: shown in a dialog or on the command line.
 */
export const start = {
  keyMissing:
    'The key of the files in {folder} is missing ({file}). Put it back from a backup, or copy it from the computer that this folder came from, and start again: everything is there then. To begin with nothing instead, move the folder away. Nothing was changed.',
  keyUnusable:
    'The key in {file} is not whole. Put it back from a backup and start again: everything in {folder} is there then. To begin with nothing instead, move the folder away. Nothing was changed.',
  keyWrong:
    'The key in {file} is not the one that the journal in {folder} was written with. Put that key back and start again: everything is there then. To begin with nothing instead, move the folder away. Nothing was changed.',
  keychainClosed:
    "The key of these files is locked in the system's keychain ({file}), and the keychain does not open it. Unlock the keychain, or sign in to this computer as the user who started Ringside here before, and start Ringside again. Nothing was changed.",
  journalMissing:
    'The journal in {folder} is missing or empty (journal.db), and unsent work is kept in it. Put it back from a backup and start again. To begin with nothing instead, move the folder away. Nothing was changed.',
  notAllowed: 'Ringside may not use {path}. Give this user the right to it, or name another data folder.',
  notWritable: 'Ringside may not write into {path}. Give this user the right to it, or name another data folder.',
  notMade:
    'The data folder {path} cannot be made. Check that the folder above it exists and that this user may write there, or name another data folder.',
  inUse: 'Another program uses the files in {folder}. End it and start again.',
  diskFull: 'The disk is full. Free some space and start again; nothing that was written is lost.',
  fileInTheWay: 'A file stands where the data folder should be ({path}). Move it away, or name another data folder.',
  pathTooLong: 'The path of the data folder is too long. Name a shorter one.',
  pageDies:
    'The window of Ringside ended several times within a minute, so Ringside ends. What was typed is kept. Start Ringside again; if this comes back, its log (ringside.log in {folder}) says more.',
  failed: 'Ringside could not start. Its log says more.',
} as const
