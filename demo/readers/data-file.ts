import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/**
 * A file of a published data set cannot be read. The message names the file, its line where there is one, and what to
 * do.
 */
export class DataFileError extends Error {}

/** The error for a value of line `line` that the published data set does not have there. */
export const badLine = (path: string, line: number, problem: string): DataFileError =>
  new DataFileError(`${path}, line ${line}: ${problem}. Is it the published file, unchanged? Get it again.`)

const without = (path: string) => new DataFileError(`${path} holds no rows. Get the published file again.`)

/** The contents of a gzip file. An error of the file reaches the reader of the stream and does not end the program. */
export function unzipped(path: string): Readable {
  const file = createReadStream(path)
  const contents = createGunzip()
  file.on('error', (error) => contents.destroy(error))
  // A reader that has already stopped is not told about errors, so they are ignored here.
  contents.on('error', () => undefined)
  return file.pipe(contents)
}

/** Turns an error while reading a file into a DataFileError. `line`: the last line that could be read. */
export function asDataFileError(path: string, line: number, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  switch (code) {
    case 'Z_BUF_ERROR':
      return new DataFileError(
        `${path} ends in its middle, after line ${line}: it was not copied or downloaded whole. Get it again.`,
      )
    case 'Z_DATA_ERROR':
      return new DataFileError(
        line === 0
          ? `${path} is no gzip file. Get the published file again, or pack it: gzip FILE`
          : `${path} is damaged after line ${line}. Get it again.`,
      )
    case 'EACCES':
    case 'EPERM':
      return new DataFileError(`${path} may not be read by this user.`)
    case 'EISDIR':
      return new DataFileError(`${path} is a folder. The data file of this name belongs there.`)
    case 'ENOENT':
      return new DataFileError(`${path} is not there.`)
    default:
      return error
  }
}

/**
 * The lines of a gzip file with their numbers, from 1 on. Throws a DataFileError where the file cannot be read or is
 * empty.
 */
export async function* linesOf(path: string): AsyncGenerator<{ readonly text: string; readonly line: number }> {
  let line = 0
  let rest = ''
  try {
    for await (const chunk of unzipped(path).setEncoding('utf8') as AsyncIterable<string>) {
      const texts = (rest + chunk).split(/\r?\n/)
      rest = texts.pop() ?? ''
      for (const text of texts) yield { text, line: (line += 1) }
    }
  } catch (error) {
    throw error instanceof DataFileError ? error : asDataFileError(path, line, error)
  }
  if (rest !== '') yield { text: rest, line: (line += 1) }
  if (line === 0) throw without(path)
}

/** Passes rows on, and throws a DataFileError if there are none. */
export async function* atLeastOne<T>(path: string, rows: AsyncIterable<T>): AsyncGenerator<T> {
  let any = false
  for await (const row of rows) {
    any = true
    yield row
  }
  if (!any) throw without(path)
}

/** A number in a data file; NaN where the text is not a number. */
export const numberIn = (text: string | undefined): number =>
  text === undefined || text.trim() === '' ? Number.NaN : Number(text)
