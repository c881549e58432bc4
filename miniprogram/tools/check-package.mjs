/**
 * What WeChat would refuse, and what we refuse ourselves, looked for in the builds:
 * the size of the main package, WXML that the official compiler does not take, missing
 * declarations about privacy and location, and any third party's address.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const MINI = join(root, 'dist/build/mp-weixin')
const BROWSER = join(root, 'dist/build/h5')
/** WeChat's limit is 2 MB; half of it leaves room to grow. */
const MAIN_LIMIT = 1_000_000
const PACKAGE_LIMIT = 2_000_000

/** Addresses that stand in the text of libraries and are never fetched. */
const NAMED_ONLY = new Map([
  ['www.w3.org', 'names of XML namespaces'],
  ['vuejs.org', 'the text of Vue’s error messages'],
  ['github.com', 'the text of libraries’ error messages'],
  ['uniapp.dcloud.net.cn', 'the text of a warning in uni’s development mode'],
  ['fontello.com', 'the maker’s name inside the icon font'],
  ['feross.org', 'a licence comment'],
  ['leafletjs.com', 'a licence comment and the map’s credit line'],
])

const problems = []
const report = (line) => process.stdout.write(`${line}\n`)

for (const folder of [MINI, BROWSER]) {
  if (!existsSync(folder)) {
    process.stderr.write(`${folder} is missing: run \`npm run build:h5\` and \`npm run build:mp-weixin\` first\n`)
    process.exit(1)
  }
}

const app = JSON.parse(readFileSync(join(MINI, 'app.json'), 'utf8'))
checkSizes()
checkWxml()
checkDeclarations()
checkHosts(MINI)
checkHosts(BROWSER)
checkPreload()

if (problems.length > 0) {
  process.stderr.write(`${problems.map((problem) => `✗ ${problem}`).join('\n')}\n`)
  process.exit(1)
}
report('package: good')

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => String(path).split(sep).join('/'))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
}

function checkSizes() {
  const roots = (app.subPackages ?? []).map((part) => part.root.replace(/\/?$/, '/'))
  const sizes = new Map([['main', 0], ...roots.map((name) => [name, 0])])
  for (const path of filesIn(MINI)) {
    const part = roots.find((name) => path.startsWith(name)) ?? 'main'
    sizes.set(part, sizes.get(part) + statSync(join(MINI, path)).size)
  }
  for (const [part, size] of sizes) {
    const limit = part === 'main' ? MAIN_LIMIT : PACKAGE_LIMIT
    report(`${part}: ${(size / 1024).toFixed(0)} KB of ${(limit / 1024).toFixed(0)} KB`)
    if (size >= limit) problems.push(`${part} is ${String(size)} bytes, the limit is ${String(limit)}`)
  }
}

/** The official compiler takes all files at once and says which line it does not understand. */
function checkWxml() {
  const files = filesIn(MINI)
  const wxml = files.filter((path) => path.endsWith('.wxml'))
  const wxs = files.filter((path) => path.endsWith('.wxs'))
  const wxss = files.filter((path) => path.endsWith('.wxss'))
  const folder = dirname(createRequire(import.meta.url).resolve('miniprogram-compiler/package.json'))
  const platform = { darwin: 'mac', linux: 'linux' }[process.platform]
  if (!platform || process.arch !== 'x64') {
    report(`wcc: skipped, there is none for ${process.platform} ${process.arch}`)
    return
  }
  compile(join(folder, 'bin', platform, 'wcc'), ['-d', '-cc', componentsOf(wxml), ...wxml, ...wxs, '-gn', '$gwx'], 'wcc', wxml.length)
  compile(join(folder, 'bin', platform, 'wcsc'), ['-pc', String(wxss.length), ...wxss], 'wcsc', wxss.length)
}

function compile(compiler, options, name, count) {
  chmodSync(compiler, 0o755)
  const { status, stdout, stderr, error } = spawnSync(compiler, options, { cwd: MINI, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  if (error) problems.push(`${name}: ${error.message}`)
  else if (status !== 0 || !stdout.includes('function')) problems.push(`${name}: ${stderr.trim() || `ended with ${String(status)}`}`)
  else report(`${name}: ${String(count)} files`)
}

/** `wcc` wants each file's components, all in one argument: how many files, then path, count and names. */
function componentsOf(wxml) {
  const entries = wxml.flatMap((path) => {
    const config = join(MINI, path.replace(/\.wxml$/, '.json'))
    const names = existsSync(config) ? Object.keys(JSON.parse(readFileSync(config, 'utf8')).usingComponents ?? {}) : []
    return names.length > 0 ? [[path, String(names.length), ...names]] : []
  })
  return [String(entries.length), ...entries.flat()].join(' ')
}

function checkDeclarations() {
  const declared = [
    [app.__usePrivacyCheck__ === true, '__usePrivacyCheck__'],
    [app.requiredPrivateInfos?.includes('getLocation'), 'requiredPrivateInfos: getLocation'],
    [app.requiredPrivateInfos?.includes('chooseLocation'), 'requiredPrivateInfos: chooseLocation'],
    [Boolean(app.permission?.['scope.userLocation']?.desc), 'permission: scope.userLocation'],
    [app.lazyCodeLoading === 'requiredComponents', 'lazyCodeLoading'],
  ]
  for (const [present, name] of declared) {
    if (!present) problems.push(`app.json does not declare ${name}`)
  }
}

/** The only host a build may name is the API's, given when building. */
function checkHosts(folder) {
  const own = process.env.VITE_API_ORIGIN ? new URL(process.env.VITE_API_ORIGIN).host : undefined
  const found = new Map()
  for (const path of filesIn(folder)) {
    if (/\.(png|jpe?g|webp|ttf|woff2?)$/.test(path)) continue
    for (const [, host] of readFileSync(join(folder, path), 'utf8').matchAll(/(?:https?:)?\/\/((?:[a-z0-9-]+\.)+[a-z]{2,})(?![\w.(-])/gi)) {
      if (host !== own && !NAMED_ONLY.has(host)) found.set(host, path)
    }
  }
  for (const [host, path] of found) problems.push(`${path} names ${host}`)
}

/** uni's runtime once fetched a picture through this call, from an address spelt in character codes. */
function checkPreload() {
  for (const path of filesIn(MINI)) {
    if (path.endsWith('.js') && readFileSync(join(MINI, path), 'utf8').includes('preloadAssets')) {
      problems.push(`${path} calls wx.preloadAssets`)
    }
  }
}
