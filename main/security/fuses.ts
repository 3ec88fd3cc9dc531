/**
 * Switches that are burnt into the packaged program (the names are those of `@electron/fuses`): it runs only our own
 * archive, and nobody can use it as a plain Node or debug it from outside.
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
  // Makes WebAssembly faster and is Electron's default; it gives no access to anything.
  WasmTrapHandlers: true,
} as const
