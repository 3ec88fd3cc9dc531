import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'
import { fuses } from '../security/fuses.ts'

/**
 * Runs after a program is packed and before it is signed, and burns the fuses into it. It fails where a fuse has no
 * value in our list.
 */
export default async function afterPack({
  appOutDir,
  electronPlatformName,
  packager,
}: AfterPackContext): Promise<void> {
  const name = packager.appInfo.productFilename
  const program =
    electronPlatformName === 'darwin'
      ? `${name}.app`
      : electronPlatformName === 'win32'
        ? `${name}.exe`
        : await executable(appOutDir, packager.config.executableName ?? name)
  const wanted = Object.fromEntries(
    Object.entries(fuses).map(([fuse, on]) => [FuseV1Options[fuse as keyof typeof fuses], on]),
  ) as Record<FuseV1Options, boolean>
  await flipFuses(join(appOutDir, program), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    ...wanted,
  })
}

async function executable(folder: string, name: string): Promise<string> {
  if ((await readdir(folder)).includes(name)) return name
  throw new Error(`There is no program "${name}" to burn the fuses into.`)
}
