import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StartError } from './start-error.ts'

/**
 * Makes a data folder together with its missing parents, and tests that it can be written. Throws a `StartError` that
 * names the folder. It makes one level after another, because Node's own `recursive` never returns where the parent
 * exists but nothing can be made in it (/proc).
 */
export function makeFolder(folder: string): void {
  try {
    const missing: string[] = []
    for (let place = resolve(folder); !isFolder(place); place = dirname(place)) missing.push(place)
    for (const place of missing.toReversed()) makeOne(place)
    const probe = join(folder, '.probe')
    writeFileSync(probe, 'x')
    rmSync(probe)
  } catch (cause) {
    throw new StartError(
      `The data folder ${folder} cannot be used: ${why(cause as NodeJS.ErrnoException)} RINGSIDE_DATA names another one.`,
      { cause },
    )
  }
}

const isFolder = (place: string): boolean => {
  const there = statSync(place, { throwIfNoEntry: false })
  if (there && !there.isDirectory())
    throw Object.assign(new Error(`${place} is a file`), { code: 'ENOTDIR', path: place })
  return there !== undefined
}

function makeOne(place: string): void {
  try {
    mkdirSync(place)
  } catch (error) {
    // Another process that starts may have made it a moment before.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function why({ code, path }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `this user may not write to ${path}. Give the user that right.`
    case 'ENOSPC':
    case 'EDQUOT':
      return 'its disk is full. Free some space.'
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a file stands in its place.'
    case 'ENAMETOOLONG':
      return 'its path is too long.'
    case 'ENOENT':
      return `no folder can be made at ${path}.`
    default:
      return `there can be no folder (${code}).`
  }
}
