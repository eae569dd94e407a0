import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileNameKey, filesNamedIn } from './file-mentions.ts'

const names = (text: string, ...paths: string[]) => {
  const keys = new Map(paths.map((path) => [fileNameKey(path) ?? '', path]))
  return [...filesNamedIn(text, new Set(keys.keys()))].map((key) => keys.get(key))
}

test('a file is found in every way of writing its name', () => {
  const path = 'Attachments/My photo (1).PNG'
  for (const text of [
    'before ![[My photo (1).PNG|300]] after',
    '![a photo](Attachments/My%20photo%20%281%29.png)',
    '![](<../Attachments/My photo (1).png>)',
    '<img src="My&#32;photo&nbsp;(1).png">',
    'My\\ photo \\(1\\).png',
    'cover: attachments/my photo (1).png',
  ]) {
    expect(names(text, path), text).toEqual([path])
  }
  expect(names('My photo (2).png and photo.png', path)).toEqual([])
  expect(names('no files here', path)).toEqual([])
})

test('part of a longer name counts, and so does another form of its letters', () => {
  expect(names('![[holiday-image.png]]', 'Attachments/image.png')).toEqual(['Attachments/image.png'])
  expect(names(`![](${encodeURI('Größe.jpg'.normalize('NFD'))})`, 'Größe.jpg')).toEqual(['Größe.jpg'])
})

test('a name that cannot be searched for has no key', () => {
  for (const path of ['50%41.png', 'a&amp;b.png', 'LICENSE', 'folder.x/noending', '.png', '...']) {
    expect(fileNameKey(path), path).toBeNull()
  }
})

test('whatever stands around it, a name as written is found', () => {
  const name = fc.stringMatching(/^[A-Za-zäöß0-9 _()-]{0,12}[a-z0-9]\.[a-z]{2,4}$/)
  fc.assert(
    fc.property(name, fc.string(), fc.string(), (path, before, after) => {
      const key = fileNameKey(path)
      if (key === null) return
      for (const written of [path, encodeURI(path), encodeURIComponent(path), path.normalize('NFD')]) {
        expect(filesNamedIn(`${before} ${written} ${after}`, new Set([key])).has(key)).toBe(true)
      }
    }),
  )
})
