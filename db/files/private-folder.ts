import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync, type Stats } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * The files that a data folder of Ringside holds: journal, cache, key, the browser host's memory, log, lock and socket.
 */
const OURS = /^(journal[.-]|cache-|files\.key|browser-host\.json|ringside(\.old)?\.log$|instance\.)/

/**
 * Creates a data folder with its missing parent folders, and makes it private. It goes level by level, because Node's
 * own `recursive` never returns where nothing can be created although the parent folder exists (/proc). Throws the
 * system's error, with the path.
 */
export function providePrivateFolder(folder: string): void {
  const missing: string[] = []
  for (let place = resolve(folder); !statSync(place, { throwIfNoEntry: false }); place = dirname(place))
    missing.push(place)
  for (const place of missing.toReversed()) mkdirSync(place)
  makePrivate(folder)
}

/**
 * Takes away the rights of all other users to our files in a folder that existed before, was copied or was restored
 * from a backup. The folder itself is closed only when it is empty or holds only files of ours: a home or shared folder
 * that somebody named keeps its rights, and so does everything else in it. Links and their targets are left alone. On
 * Windows nothing happens, because the folders of a user profile belong to that user by inheritance.
 */
export function makePrivate(folder: string): void {
  const uid = process.getuid?.()
  if (uid === undefined) return
  const names = readdirSync(folder)
  // Close the folder first: from then on no other user can reach what is in it.
  if (names.every((name) => OURS.test(name))) closeToOthers(folder, lstatSync(folder), uid)
  for (const name of names.filter((each) => OURS.test(each))) {
    const path = join(folder, name)
    const there = lstatSync(path, { throwIfNoEntry: false })
    if (there?.isFile()) closeToOthers(path, there, uid)
  }
}

function closeToOthers(path: string, { uid, mode }: Stats, ours: number): void {
  if (uid === ours && (mode & 0o077) !== 0) chmodSync(path, mode & 0o700)
}
