import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'

const Secret = z.string().regex(/^[\w-]{43}$/)

/**
 * What a browser host keeps between starts, so that windows that are still open can connect again with the secrets they
 * have.
 */
const HostMemory = z.object({ port: z.int().min(1).max(65535), browsers: z.array(z.array(Secret)) })
export type HostMemory = z.infer<typeof HostMemory>

/** Null where there is no such file or it cannot be read: then the port is a new one and no browser is known. */
export async function recallHost(path: string): Promise<HostMemory | null> {
  try {
    return HostMemory.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

/** Writes run one after the other; each is on the disk when its promise resolves. */
export function createHostMemory(path: string): {
  write(memory: { readonly port: number; readonly browsers: readonly (readonly string[])[] }): Promise<void>
} {
  let last: Promise<void> = Promise.resolve()
  return {
    write: (memory) => {
      const before = last
      const next = (async () => {
        await before.catch(() => undefined)
        await writeFile(`${path}.new`, JSON.stringify(memory), { mode: 0o600, flush: true })
        await rename(`${path}.new`, path)
      })()
      last = next
      return next
    },
  }
}
