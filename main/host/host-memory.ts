import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/** What a browser host keeps between starts, so that a window that is still open finds its way back and is known. */
const HostMemory = z.object({ port: z.int().min(1).max(65535), secret: z.string().regex(/^[\w-]{43}$/) })
export type HostMemory = z.infer<typeof HostMemory>

/** Null where there is none, or it cannot be read: then there are a new port and a new secret. */
export async function recallHost(path: string): Promise<HostMemory | null> {
  try {
    return HostMemory.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

export async function rememberHost(path: string, memory: HostMemory): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(memory), { mode: 0o600 })
  await rename(`${path}.new`, path)
}
