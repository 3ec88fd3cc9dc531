import { commands, type CommandName } from '../../protocol/commands.ts'

/** How arguments of one version become those of the next: by command, then by the version they come from. */
export type ArgumentUpgrades = { readonly [C in CommandName]?: Readonly<Record<number, (args: unknown) => unknown>> }

/** Every older version of a command's arguments that may still lie in a journal, which is all of them: an entry is never removed. */
export const argumentUpgrades: ArgumentUpgrades = {
  // Version 1 could only name an organisation that was known.
  'customer.capture': { 1: (args) => ({ ...(args as object), newOrganisation: null }) },
}

/** The newest version of each command, and the way to it. */
export interface ArgumentVersions {
  readonly newest: { readonly [C in CommandName]: { readonly version: number } }
  readonly upgrades: ArgumentUpgrades
}

export const argumentVersions: ArgumentVersions = { newest: commands, upgrades: argumentUpgrades }

/**
 * Arguments as the newest version of a command has them, whichever they were entered in; not yet held against its schema.
 * Undefined: of a version that this program does not know, because it is newer.
 */
export function upgradedArgs(name: CommandName, version: number, args: unknown, { newest, upgrades }: ArgumentVersions = argumentVersions): unknown {
  if (!Number.isInteger(version) || version < 1 || version > newest[name].version) return undefined
  let upgraded = args
  for (let from = version; from < newest[name].version; from += 1) {
    const upgrade = upgrades[name]?.[from]
    if (!upgrade) return undefined
    upgraded = upgrade(upgraded)
  }
  return upgraded
}
