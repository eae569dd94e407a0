/**
 * What a packaged app is locked down to. The e2e test reads them back from the binary.
 * @type {Record<import('../electron/fuses.mjs').FuseName, boolean>}
 */
export const PACKAGED_FUSES = {
  RunAsNode: false, // or ELECTRON_RUN_AS_NODE makes a node of it, with our name and our signature
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true, // macOS and Windows; Linux has no such check
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false, // pages come from app://
}
