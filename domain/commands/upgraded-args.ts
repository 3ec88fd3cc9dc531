import { commands, type CommandName } from '../../protocol/commands.ts'

/** How arguments of one version become those of the next: by command, then by the version from which they come. */
export type ArgumentUpgrades = { readonly [C in CommandName]?: Readonly<Record<number, (args: unknown) => unknown>> }

/** Every older version of a command's arguments. Any of them may still be in a journal, so never remove an entry. */
export const argumentUpgrades: ArgumentUpgrades = {
  // Version 1 could name only an organisation that already existed.
  'customer.capture': { 1: (args) => ({ ...(args as object), newOrganisation: null }) },
}

/** The newest version of each command, and the upgrades to it. */
export interface ArgumentVersions {
  readonly newest: { readonly [C in CommandName]: { readonly version: number } }
  readonly upgrades: ArgumentUpgrades
}

export const argumentVersions: ArgumentVersions = { newest: commands, upgrades: argumentUpgrades }

/**
 * Turns arguments of any version into those of the newest version; they are not yet checked against its schema.
 * Undefined: this program does not know the version, because it is newer.
 */
export function upgradedArgs(
  name: CommandName,
  version: number,
  args: unknown,
  { newest, upgrades }: ArgumentVersions = argumentVersions,
): unknown {
  if (!Number.isInteger(version) || version < 1 || version > newest[name].version) return undefined
  let upgraded = args
  for (let from = version; from < newest[name].version; from += 1) {
    const upgrade = upgrades[name]?.[from]
    if (!upgrade) return undefined
    upgraded = upgrade(upgraded)
  }
  return upgraded
}
