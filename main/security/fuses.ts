/**
 * Switches that are burnt into the packaged program (names of `@electron/fuses`): it runs our archive and nothing else,
 * and cannot be turned into a Node or be debugged from outside.
 */
export const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  // Faster WebAssembly, as Electron has it by default; it opens nothing.
  WasmTrapHandlers: true,
} as const
