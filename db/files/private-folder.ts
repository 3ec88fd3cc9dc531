import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync, type Stats } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** What a data folder of ours holds: journal, cache, key, the host's memory, its lock and socket. */
const OURS = /^(journal[.-]|cache-|files\.key|browser-host\.json|ringside(\.old)?\.log$|instance\.)/

/**
 * Makes a data folder with those above it that are missing, and makes it private. Level by level, because Node's own
 * `recursive` never comes back where nothing can be made although the folder above is there (/proc). Throws what the
 * system answers, with the path.
 */
export function providePrivateFolder(folder: string): void {
  const missing: string[] = []
  for (let place = resolve(folder); !statSync(place, { throwIfNoEntry: false }); place = dirname(place)) missing.push(place)
  for (const place of missing.toReversed()) mkdirSync(place)
  makePrivate(folder)
}

/**
 * Takes everybody else's rights to our files in a folder: one that was there before, was copied or was brought back
 * from a backup. The folder itself is closed only when it is a data folder, empty or with nothing in it but such files:
 * a home or a shared folder that somebody named keeps its rights, and so does what else is in it. Links are left alone
 * with what they lead to. Nothing happens on Windows, where a profile's folders are its owner's by inheritance.
 */
export function makePrivate(folder: string): void {
  const uid = process.getuid?.()
  if (uid === undefined) return
  const names = readdirSync(folder)
  // The folder first: from then on nobody else gets at what is in it.
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
