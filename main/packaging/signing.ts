/**
 * Lists the environment variables that are missing for a package of this system to be signed and to find its updates.
 * Each line says what the variable is for.
 */
export function missingForRelease(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] {
  const needed: Partial<Record<NodeJS.Platform, readonly (readonly [names: readonly string[], what: string])[]>> = {
    win32: [
      [['WIN_CSC_LINK', 'CSC_LINK'], 'the code signing certificate (.p12 or .pfx, a path or base64)'],
      [['WIN_CSC_KEY_PASSWORD', 'CSC_KEY_PASSWORD'], 'its password'],
    ],
    darwin: [
      [['CSC_LINK'], 'the "Developer ID Application" certificate (.p12, a path or base64)'],
      [['CSC_KEY_PASSWORD'], 'its password'],
      [['APPLE_ID'], 'the Apple account for notarisation'],
      [['APPLE_APP_SPECIFIC_PASSWORD'], 'an app-specific password of that account'],
      [['APPLE_TEAM_ID'], 'the team of that account'],
    ],
  }
  const all = [
    ...(needed[platform] ?? []),
    [
      ['RINGSIDE_UPDATES'],
      'the address of the folder with newer versions; without it the program looks for none',
    ] as const,
  ]
  return all
    .filter(([names]) => !names.some((name) => environment[name]))
    .map(([names, what]) => `${names.join(' or ')}: ${what}`)
}
