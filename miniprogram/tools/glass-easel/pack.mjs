/**
 * Turns the compiled mini-program (dist/build/mp-weixin, read as it is) into a page that runs it in
 * a browser on WeChat's own component framework, glass-easel. It does what WeChat does on
 * loading: WXML is compiled by the official template compiler, WXSS becomes CSS, and every script
 * becomes a module that sees `wx` and no `window`. See runtime/ for the other half.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import postcss from 'postcss'

import { BUILT_IN_TAGS } from './runtime/tags.js'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const source = join(root, 'dist/build/mp-weixin')
const target = join(root, 'dist/run/mp-weixin')

/** Paths below `source`, with slashes. */
function filesEnding(ending) {
  return readdirSync(source, { recursive: true })
    .map((path) => String(path).split(sep).join('/'))
    .filter((path) => path.endsWith(ending))
    .sort()
}

const read = (path) => readFileSync(join(source, path), 'utf8')
const withoutEnding = (path) => path.slice(0, path.lastIndexOf('.'))

// --- WXML ---------------------------------------------------------------------------------------

const builtIn = new Set(BUILT_IN_TAGS)

/**
 * WeChat, too, renames `view` to `wx-view`: HTML has tags of the same names with another meaning.
 * A component of the app's own comes before a built-in one of its name, as in glass-easel itself.
 */
function renameTags(path) {
  const config = join(source, path.replace(/\.wxml$/, '.json'))
  const own = existsSync(config) ? (JSON.parse(readFileSync(config, 'utf8')).usingComponents ?? {}) : {}
  return read(path).replace(/<(\/?)([a-z][a-z0-9-]*)(?=[\s/>])/g, (tag, slash, name) =>
    builtIn.has(name) && !(name in own) ? `<${slash}wx-${name}` : tag,
  )
}

function compileTemplates() {
  const group = new TmplGroup()
  const serious = []
  for (const path of filesEnding('.wxs')) group.addScript(withoutEnding(path), read(path))
  for (const path of filesEnding('.wxml')) {
    const problems = [...group.addTmpl(withoutEnding(path), renameTags(path))]
    for (const problem of problems) {
      // Levels are note, warn, error, fatal; a template that is wrong must not pass unseen.
      if (problem.level >= 3) serious.push(`${path}: ${problem.message}`)
    }
  }
  if (serious.length > 0) throw new Error(`WXML:\n${serious.join('\n')}`)
  return group.getTmplGenObjectGroups()
}

// --- WXSS ---------------------------------------------------------------------------------------

const TYPE_SELECTOR = new RegExp(`(^|[\\s>+~,(])(${[...BUILT_IN_TAGS, 'page'].join('|')})(?![\\w-])`, 'g')

const toCss = {
  postcssPlugin: 'wxss-to-css',
  Rule(rule) {
    if (rule.parent?.type === 'atrule' && rule.parent.name.endsWith('keyframes')) return
    rule.selector = rule.selector.replace(TYPE_SELECTOR, '$1wx-$2')
  },
  Declaration(declaration) {
    const value = lengths(declaration.value)
    if (value !== declaration.value) declaration.value = value
  },
}

/** A screen is 750 rpx wide; its height is that of the page between the bars. */
function lengths(value) {
  if (value.includes('url(')) return value
  return value
    .replace(/(-?\d*\.?\d+)rpx\b/g, 'calc($1 * var(--rpx))')
    .replace(/(-?\d*\.?\d+)vh\b/g, 'calc($1 * var(--page-vh))')
}

function compileStyle(path, seen = new Set()) {
  if (seen.has(path)) return ''
  seen.add(path)
  const sheet = postcss.parse(read(path))
  let imported = ''
  sheet.walkAtRules('import', (rule) => {
    const name = rule.params.replace(/^url\(|\)$/g, '').replace(/['"]/g, '').trim()
    imported += compileStyle(posix.join(name.startsWith('/') ? '.' : posix.dirname(path), name), seen)
    rule.remove()
  })
  return imported + postcss([toCss]).process(sheet, { from: undefined }).css
}

// --- JSON ---------------------------------------------------------------------------------------

function readConfig(path) {
  const config = JSON.parse(read(path))
  const using = Object.entries(config.usingComponents ?? {}).map(([tag, to]) => [
    tag,
    to.startsWith('/') ? to : `/${posix.join(posix.dirname(path), to)}`,
  ])
  return { ...config, usingComponents: Object.fromEntries(using) }
}

// --- JavaScript ---------------------------------------------------------------------------------

/** What a mini-program's scripts do not have, though a browser does. */
const HIDDEN = [
  'window', 'document', 'self', 'frames', 'parent', 'top', 'location', 'navigator', 'history', 'screen',
  'localStorage', 'sessionStorage', 'indexedDB', 'caches', 'alert', 'confirm', 'prompt', 'fetch',
  'XMLHttpRequest', 'WebSocket', 'FormData', 'Blob', 'File', 'FileReader', 'Headers', 'Request', 'Response',
  'URL', 'URLSearchParams', 'AbortController', 'crypto', 'TextEncoder', 'TextDecoder', 'Image', 'Audio',
  'HTMLElement', 'Element', 'Node', 'MutationObserver', 'ResizeObserver', 'IntersectionObserver',
  'matchMedia', 'getComputedStyle', 'requestAnimationFrame', 'cancelAnimationFrame', 'structuredClone',
  'customElements', 'performance',
]

function wrapModule(path) {
  const parameters = ['require', 'module', 'exports', 'global', ...HIDDEN].join(',')
  return `${JSON.stringify(path)}:function(${parameters}){${read(path)}\n}`
}

// --- The page -----------------------------------------------------------------------------------

const PAGE = `<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>mp-weixin</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/runtime.css">
</head>
<body>
<script src="/runtime.js"></script>
<script src="/program.js"></script>
</body>
</html>
`

async function pack() {
  if (!existsSync(join(source, 'app.json'))) {
    throw new Error('dist/build/mp-weixin is missing: run `npm run build:mp-weixin` first')
  }
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })

  const templates = compileTemplates()
  const styles = Object.fromEntries(filesEnding('.wxss').map((path) => [withoutEnding(path), compileStyle(path)]))
  const configs = Object.fromEntries(filesEnding('.json').map((path) => [withoutEnding(path), readConfig(path)]))
  const modules = filesEnding('.js').map(wrapModule).join(',\n')

  writeFileSync(
    join(target, 'program.js'),
    `startMiniProgram({\nmodules:{${modules}},\ntemplates:(function(){return ${templates}})(),\n` +
      `styles:${JSON.stringify(styles)},\nconfigs:${JSON.stringify(configs)}})\n`,
  )
  writeFileSync(join(target, 'index.html'), PAGE)
  cpSync(join(here, 'runtime/runtime.css'), join(target, 'runtime.css'))
  copyAssets()

  await build({
    entryPoints: [join(here, 'runtime/main.js')],
    outfile: join(target, 'runtime.js'),
    bundle: true,
    format: 'iife',
    target: 'es2020',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  })
  process.stdout.write(`packed ${relative(root, target)}\n`)
}

/** Pictures and such, wherever they lie. */
function copyAssets() {
  const code = /\.(js|json|wxml|wxss|wxs)$/
  cpSync(source, target, { recursive: true, filter: (path) => !code.test(path) })
}

await pack()
