import { isFilled } from './filled-note.ts'

/** The demo in the database of this folder, built where it is not there yet. What builds it is read in only then: that takes longer than all else. */
export async function fillDatabase(folder: string, signal: AbortSignal): Promise<void> {
  if (isFilled(folder)) return
  const { provideDemo } = await import('./demo-database.ts')
  signal.throwIfAborted()
  await provideDemo(folder, signal)
}
