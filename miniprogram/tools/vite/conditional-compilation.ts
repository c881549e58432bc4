import type { Plugin } from 'vite'

// `// #ifdef H5 || MP-WEIXIN`, `/* #ifndef H5 */`, `<!-- #endif -->`
const DIRECTIVE = /^\s*(?:\/\/|\/\*|<!--)\s*#(ifdef|ifndef|endif)\b\s*(.*?)\s*(?:\*\/|-->)?\s*$/

/**
 * Gives unit tests uni-app's conditional compilation, which only its own build runs.
 * Dropped lines become empty ones, so line numbers in failures stay true.
 */
export function conditionalCompilation(platform: string): Plugin {
  return {
    name: 'linli:conditional-compilation',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('/node_modules/') || !code.includes('#if')) return null
      return { code: keepFor(platform, code), map: null }
    },
  }
}

/** The text of `code` that remains when it is built for `platform`. */
export function keepFor(platform: string, code: string): string {
  const kept: boolean[] = []
  return code
    .split('\n')
    .map((line) => {
      const [, directive, condition = ''] = DIRECTIVE.exec(line) ?? []
      if (directive === undefined) return kept.every(Boolean) ? line : ''
      if (directive === 'endif') kept.pop()
      else {
        const named = condition.split('||').some((name) => names(name.trim(), platform))
        kept.push(directive === 'ifdef' ? named : !named)
      }
      return ''
    })
    .join('\n')
}

/** `MP` means every mini-program, `VUE3` is always true here. */
function names(name: string, platform: string): boolean {
  return name === platform || name === 'VUE3' || (name === 'MP' && platform.startsWith('MP-'))
}
