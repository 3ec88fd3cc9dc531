import { isFilled } from './filled-note.ts'

/**
 * Loads the demo into the database of this folder if it is not there yet. The code that builds the demo is imported
 * only then, because importing it takes longer than everything else.
 */
export async function fillDatabase(folder: string, signal: AbortSignal): Promise<void> {
  if (isFilled(folder)) return
  const { provideDemo } = await import('./demo-database.ts')
  signal.throwIfAborted()
  await provideDemo(folder, signal)
}
