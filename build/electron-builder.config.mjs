// Here, with no network beyond a package registry: dir, deb, tar.gz, zip. Where electron-builder can fetch its tools:
// AppImage, rpm, snap and flatpak on Linux, dmg and zip on macOS, nsis on Windows.
import process from 'node:process'
import { PACKAGED_FUSES } from './packaging/fuses.mjs'

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'example.throughline.desktop',
  productName: 'Throughline',
  directories: { output: 'dist', buildResources: 'build' },
  // The bundles hold everything: of node_modules nothing is packed.
  files: ['out/**', '!out/.built', 'package.json', '!node_modules'],
  extraResources: [{ from: 'resources/starter-vault', to: 'starter-vault' }],
  asar: true,
  // The system loads libraries from files, not from the archive.
  asarUnpack: ['out/main/native/**'],
  npmRebuild: false,
  // the runtime that build/package.mjs found; else electron-builder downloads the one of package.json
  electronDist: process.env.ELECTRON_OVERRIDE_DIST_PATH,
  afterPack: './build/packaging/after-pack.mjs',
  electronFuses: {
    runAsNode: PACKAGED_FUSES.RunAsNode,
    enableCookieEncryption: PACKAGED_FUSES.EnableCookieEncryption,
    enableNodeOptionsEnvironmentVariable: PACKAGED_FUSES.EnableNodeOptionsEnvironmentVariable,
    enableNodeCliInspectArguments: PACKAGED_FUSES.EnableNodeCliInspectArguments,
    enableEmbeddedAsarIntegrityValidation: PACKAGED_FUSES.EnableEmbeddedAsarIntegrityValidation,
    onlyLoadAppFromAsar: PACKAGED_FUSES.OnlyLoadAppFromAsar,
    loadBrowserProcessSpecificV8Snapshot: PACKAGED_FUSES.LoadBrowserProcessSpecificV8Snapshot,
    grantFileProtocolExtraPrivileges: PACKAGED_FUSES.GrantFileProtocolExtraPrivileges,
  },
  publish: null,

  linux: {
    target: ['deb', 'AppImage', 'rpm', 'snap', 'flatpak'],
    executableName: 'throughline',
    syncDesktopName: true,
    category: 'Office',
    synopsis: 'Linked essays, examples and commitments',
    icon: 'build/icons',
    desktop: { entry: { Keywords: 'notes;writing;markdown;essays;links;', StartupWMClass: 'throughline' } },
  },
  deb: { compression: 'xz', priority: 'optional' },
  // a peer listens, which the default set of a snap leaves out
  snap: { plugs: ['default', 'network-bind'] },
  flatpak: { runtimeVersion: '24.08', baseVersion: '24.08' },

  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.productivity',
    icon: 'build/icons/512x512.png',
    hardenedRuntime: true,
    // macOS asks before an app may look around on the local network, and lets it announce only what stands here.
    extendInfo: {
      NSLocalNetworkUsageDescription:
        'To keep a vault the same on the computers you share it with, without the internet.',
      NSBonjourServices: ['_throughline._tcp'],
    },
  },

  win: { target: ['nsis'], icon: 'build/icons/256x256.png' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
}
