import { toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { expect, test } from 'vitest'
import { createRandom } from '../../testing/random.ts'
import { HeadTree, LEAVES } from './head-tree.ts'

const hashOf = (text: string) => toHexString(digest(new TextEncoder().encode(text)))

test('Y4 the sums say what is in the tree, whatever the way there was', () => {
  const random = createRandom(3)
  const tree = new HeadTree()
  const truth = new Map<string, string>()
  for (let i = 0; i < 3_000; i++) {
    const id = `note-${random.below(400)}`
    if (random.chance(0.3)) {
      truth.delete(id)
      tree.delete(id)
    } else {
      const hash = hashOf(String(random.below(5)))
      truth.set(id, hash)
      tree.put(id, hash)
    }
  }
  const other = new HeadTree()
  for (const [id, hash] of [...truth].sort()) other.put(id, hash)
  expect(tree.root()).toBe(other.root())
  expect([tree.size, tree.count(0)]).toEqual([truth.size, truth.size])
  const [first] = truth.keys()
  other.put(first as string, hashOf('another'))
  expect(tree.root()).not.toBe(other.root())
  for (const id of truth.keys()) tree.delete(id)
  expect(tree.root()).toBe(new HeadTree().root())
})

test('Y5 leaves with docs are found without looking at the others', () => {
  const random = createRandom(5)
  for (const count of [0, 1, 7, 300]) {
    const tree = new HeadTree()
    for (let i = 0; i < count; i++) tree.put(`n${random.next()}`, hashOf('x'))
    const found: number[] = []
    for (let leaf = tree.nextLeaf(0, LEAVES); leaf < LEAVES; leaf = tree.nextLeaf(leaf + 1, LEAVES)) found.push(leaf)
    const truth = Array.from({ length: LEAVES }, (_, leaf) => leaf).filter((leaf) => tree.idsOf(leaf).size > 0)
    expect(found).toEqual(truth)
    const [from, to] = [random.below(LEAVES), random.below(LEAVES)].sort((a, b) => a - b) as [number, number]
    expect(tree.nextLeaf(from, to)).toBe(truth.find((leaf) => leaf >= from && leaf < to) ?? to)
  }
})
