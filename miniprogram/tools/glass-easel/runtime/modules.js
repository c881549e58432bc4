/** CommonJS as WeChat's loader does it: relative paths, and a global object that is not `window`. */
export function createModules(sources) {
  const cache = new Map()

  function requireFrom(folder) {
    const require = (request) => run(resolve(folder, request))
    // What another subpackage holds arrives later.
    require.async = async (request) => require(request)
    return require
  }

  function run(path) {
    const known = cache.get(path)
    if (known) return known.exports
    const source = sources[path]
    if (!source) throw new Error(`module '${path}' is not defined`)
    const module = { exports: {} }
    cache.set(path, module)
    const folder = path.split('/').slice(0, -1)
    source.call(undefined, requireFrom(folder), module, module.exports, globalThis)
    return module.exports
  }

  return { require: requireFrom([]) }

  function resolve(folder, request) {
    const parts = request.startsWith('/') ? [] : [...folder]
    for (const part of request.split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '.' && part !== '') parts.push(part)
    }
    const path = parts.join('/')
    if (sources[path]) return path
    return sources[`${path}.js`] ? `${path}.js` : `${path}/index.js`
  }
}
