import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { profileAt } from './profile.ts'
import { isNewer, ownVersions, recordVersions, usedVersions, whyRefused } from './profile-version.ts'

const folder = temporaryFolders()
const versions = (chromium: number, throughline = '0.1.0') => ({ chromium, throughline })

test('a profile remembers the newest Chromium and the newest Throughline that used it, each on its own', async () => {
  const profile = profileAt(folder())
  expect(usedVersions(profile)).toBe(null)
  expect(await recordVersions(profile, versions(130, '0.9.0'))).toBe(true)
  expect(await recordVersions(profile, versions(140, '0.2.0'))).toBe(true)
  expect(usedVersions(profile)).toEqual(versions(140, '0.9.0'))
  expect(await recordVersions(profile, versions(140, '0.10.0'))).toBe(true)
  const before = readFileSync(path.join(profile.folder, 'profile.json'))
  expect(await recordVersions(profile, versions(138, '0.1.0'))).toBe(false)
  expect(readFileSync(path.join(profile.folder, 'profile.json'))).toEqual(before)
})

test('an older Chromium is refused in words that name both versions; reading touches nothing', async () => {
  const profile = profileAt(folder())
  await recordVersions(profile, versions(150, '2.0.0'))
  const files = readdirSync(profile.folder)
  const why = whyRefused(usedVersions(profile), versions(130, '1.0.0'))
  expect(why).toMatch(
    /Throughline 2\.0\.0 with Chromium 150.*Throughline 1\.0\.0 with Chromium 130.*Nothing was touched/,
  )
  expect(readdirSync(profile.folder)).toEqual(files)
  expect(whyRefused(usedVersions(profile), versions(150, '1.0.0'))).toBe(null)
  expect(whyRefused(usedVersions(profile), versions(151))).toBe(null)
})

test('a profile.json that is garbled says nothing, and is written anew', async () => {
  const profile = profileAt(folder())
  writeFileSync(path.join(profile.folder, 'profile.json'), '{"chromium":"new')
  expect(whyRefused(usedVersions(profile), versions(1))).toBe(null)
  await recordVersions(profile, versions(130))
  expect(usedVersions(profile)).toEqual(versions(130))
})

test('versions are compared by their numbers', () => {
  expect([
    isNewer('0.10.0', '0.9.9'),
    isNewer('1.0', '1.0.0'),
    isNewer('1.0.1', '1.0'),
    isNewer('0.1.0', '0.1.0'),
  ]).toEqual([true, false, true, false])
  expect(ownVersions('1.2.3', '130.0.6723.44')).toEqual(versions(130, '1.2.3'))
})
