import { rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * electron-builder copies an unpacked runtime as it is: what it takes out of the official zip goes here.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, packager }) {
  const resources = packager.getResourcesDir(appOutDir)
  for (const file of [path.join(resources, 'default_app.asar'), path.join(appOutDir, 'version')])
    await rm(file, { force: true })
}
