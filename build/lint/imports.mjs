import { parseSync } from 'vite'

/**
 * @typedef {object} Reference  one way in which a file names another
 * @property {string} specifier  as written
 * @property {'import' | 'url' | 'glob'} how  url: `new URL(specifier, import.meta.url)`, how workers are started
 * @property {boolean} typeOnly  gone after compilation
 * @property {number} line
 */

/** @typedef {{ type: string, start: number, [key: string]: unknown }} Node */

/**
 * Every reference of a TypeScript file: static and dynamic imports, re-exports, `import('…')` types, require,
 * `import.meta.glob`, worker URLs, and `/// <reference>`.
 * @param {string} file  its name tells the parser the language
 * @param {string} code
 * @returns {Reference[]}
 */
export function referencesOf(file, code) {
  const { program, comments, errors } = parseSync(file, code)
  const broken = errors.find(({ severity }) => severity === 'Error')
  if (broken) throw new Error(`${file}: ${broken.message}`)
  /** @type {Reference[]} */
  const found = []
  const add = (
    /** @type {unknown} */ source,
    /** @type {number} */ start,
    typeOnly = false,
    /** @type {Reference['how']} */ how = 'import',
  ) => {
    const specifier = literal(source)
    if (specifier !== undefined) found.push({ specifier, how, typeOnly, line: lineOf(code, start) })
  }
  walk(/** @type {Node} */ (/** @type {unknown} */ (program)), (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        return add(node.source, node.start, node.importKind === 'type' || allTypes(node.specifiers, 'importKind'))
      case 'ExportNamedDeclaration':
        return add(node.source, node.start, node.exportKind === 'type' || allTypes(node.specifiers, 'exportKind'))
      case 'ExportAllDeclaration':
        return add(node.source, node.start, node.exportKind === 'type')
      case 'ImportExpression':
        return add(node.source, node.start)
      case 'TSImportType':
        return add(node.source ?? node.argument, node.start, true)
      case 'TSExternalModuleReference':
        return add(node.expression, node.start)
      case 'NewExpression': {
        const [specifier, base] = /** @type {Node[]} */ (node.arguments)
        const isUrl = isNamed(node.callee, 'URL') && base !== undefined && isMetaMember(base, 'url')
        return isUrl ? add(specifier, node.start, false, 'url') : undefined
      }
      case 'CallExpression': {
        const [first] = /** @type {Node[]} */ (node.arguments)
        if (isNamed(node.callee, 'require')) return add(first, node.start)
        if (!isMetaMember(node.callee, 'glob')) return undefined
        const patterns = first?.type === 'ArrayExpression' ? /** @type {Node[]} */ (first.elements) : [first]
        for (const pattern of patterns) add(pattern, node.start, false, 'glob')
      }
    }
  })
  for (const { value, start } of comments) {
    const reference = /^\/\s*<reference\s+(types|path)="([^"]+)"/.exec(value)
    if (reference) add({ type: 'Literal', value: reference[2] }, start, true)
  }
  return found
}

/** `import { type A, type B }` compiles to a bare import under verbatimModuleSyntax, but brings only types in. */
function allTypes(/** @type {unknown} */ specifiers, /** @type {string} */ key) {
  const list = /** @type {Node[]} */ (specifiers)
  return list.length > 0 && list.every((specifier) => specifier[key] === 'type')
}

/** @param {Node} node @param {(node: Node) => void} visit */
function walk(node, visit) {
  visit(node)
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) walk(item, visit)
    } else if (isNode(value)) walk(value, visit)
  }
}

/** @param {unknown} value @returns {value is Node} */
function isNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** @param {unknown} node @returns {string | undefined} the text of a string, or of a template without holes */
function literal(node) {
  if (!isNode(node)) return undefined
  if (node.type === 'TSLiteralType') return literal(node.literal)
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type !== 'TemplateLiteral') return undefined
  const [quasi, more] = /** @type {{ value: { cooked: string } }[]} */ (node.quasis)
  return more ? undefined : quasi?.value.cooked
}

/** @param {unknown} node @param {string} name */
function isNamed(node, name) {
  return isNode(node) && node.type === 'Identifier' && node.name === name
}

/** @param {unknown} node @param {string} property */
function isMetaMember(node, property) {
  if (!isNode(node) || node.type !== 'MemberExpression' || !isNamed(node.property, property)) return false
  return isNode(node.object) && node.object.type === 'MetaProperty'
}

/** @param {string} code @param {number} at */
function lineOf(code, at) {
  return code.slice(0, at).split('\n').length
}
