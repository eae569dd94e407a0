#!/usr/bin/env node
// Stands in for fpm where electron-builder cannot download it (CUSTOM_FPM_PATH): reads the options that
// electron-builder's deb target passes, and has Debian's own dpkg-deb make the package.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { isMain } from '../lib/paths.mjs'

const FLAGS = new Set(['--force', '--debug', '--deb-use-file-permissions'])
const LISTS = new Set(['-d', '--deb-recommends', '--deb-suggests', '--conflicts', '--provides', '--replaces'])
/** @type {Record<string, string[]>} fpm's names to dpkg-deb's; zst at a level that takes seconds, not minutes */
const COMPRESSION = { gz: ['-Zgzip'], xz: ['-Zxz'], zst: ['-Zzstd', '-z3'], none: ['-Znone'] }

/**
 * @param {string[]} argv
 * @returns {{ one: Record<string, string>, many: Record<string, string[]>, files: string[] }}
 */
export function readOptions(argv) {
  /** @type {Record<string, string>} */
  const one = {}
  /** @type {Record<string, string[]>} */
  const many = {}
  const files = []
  const rest = [...argv]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!arg.startsWith('-')) files.push(arg)
    else if (FLAGS.has(arg)) continue
    else if (LISTS.has(arg)) many[arg] = [...(many[arg] ?? []), rest.shift() ?? '']
    else one[arg] = rest.shift() ?? ''
  }
  return { one, many, files }
}

/**
 * https://www.debian.org/doc/debian-policy/ch-controlfields.html
 * @param {Pick<ReturnType<typeof readOptions>, 'one' | 'many'>} options
 * @param {number} kib installed size
 * @returns {string}
 */
export function controlFile({ one, many }, kib) {
  const list = (/** @type {string} */ option) => (many[option] ?? []).join(', ')
  const [synopsis = '', ...long] = (one['--description'] ?? '').trim().split('\n')
  const fields = {
    Package: one['--name'],
    Version: one['--iteration'] ? `${one['--version']}-${one['--iteration']}` : one['--version'],
    License: one['--license'],
    Vendor: one['--vendor'],
    Architecture: one['--architecture'],
    Maintainer: one['--maintainer'],
    'Installed-Size': String(kib),
    Depends: list('-d'),
    Recommends: list('--deb-recommends'),
    Suggests: list('--deb-suggests'),
    Conflicts: list('--conflicts'),
    Provides: list('--provides'),
    Replaces: list('--replaces'),
    Section: one['--category'] ?? 'default',
    Priority: one['--deb-priority'] ?? 'optional',
    Homepage: one['--url'],
    Description: [synopsis, ...long.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  }
  return Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

/**
 * @param {string[]} files `FROM=TO` each
 * @param {string} tree
 */
function copyInto(files, tree) {
  for (const file of files) {
    const at = file.indexOf('=')
    const from = file.slice(0, at)
    const to = path.join(tree, file.slice(at + 1))
    mkdirSync(path.dirname(to), { recursive: true })
    if (statSync(from).isDirectory()) {
      cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    } else {
      copyFileSync(from, to)
      chmodSync(to, 0o644)
    }
  }
}

/** @param {string[]} argv */
function main(argv) {
  const { one, many, files } = readOptions(argv)
  if (one['-s'] !== 'dir' || one['-t'] !== 'deb')
    throw new Error(`makes debs out of folders only, not ${one['-s']} -> ${one['-t']}`)
  const tree = mkdtempSync(path.join(tmpdir(), 'fpm-deb-'))
  try {
    copyInto(files, tree)
    const [kib] = execFileSync('du', ['-sk', '--apparent-size', tree], { encoding: 'utf8' }).split('\t')
    const debian = path.join(tree, 'DEBIAN')
    mkdirSync(debian)
    writeFileSync(path.join(debian, 'control'), controlFile({ one, many }, Number(kib)))
    const scripts = { before: 'pre', after: 'post' }
    for (const [when, prefix] of Object.entries(scripts)) {
      for (const [what, suffix] of Object.entries({ install: 'inst', remove: 'rm' })) {
        const script = one[`--${when}-${what}`]
        if (!script) continue
        copyFileSync(script, path.join(debian, prefix + suffix))
        chmodSync(path.join(debian, prefix + suffix), 0o755)
      }
    }
    const sums = 'find . -path ./DEBIAN -prune -o -type f -printf "%P\\0" | sort -z | xargs -0 md5sum'
    writeFileSync(path.join(debian, 'md5sums'), execFileSync('sh', ['-c', sums], { cwd: tree }))
    chmodSync(tree, 0o755)
    const compression = COMPRESSION[one['--deb-compression'] ?? 'xz'] ?? ['-Zxz']
    const args = ['--root-owner-group', ...compression, '--build', tree, one['--package'] ?? 'package.deb']
    execFileSync('dpkg-deb', args, { stdio: 'inherit' })
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

if (isMain(import.meta.url)) {
  try {
    main(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`fpm-deb: ${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
