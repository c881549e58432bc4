import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)

const CSS = /\.(css|scss)(\?|$)|[?&]type=style\b/
const BROWSER_RUNTIME = '/@dcloudio/uni-h5/'
const ADVERTISING = /(["'])https?:\/\/ha[cs]1\.dcloud\.net\.cn[^"']*\1/g
/** Map vendors, whose services need a key that we neither have nor want. */
const MAP_VENDORS = /https?:\/\/(?:(?:apis\.)?map\.qq\.com|(?:maps|www)\.googleapis\.com|[a-z]+\.amap\.com|api\.map\.baidu\.com)/g
const MINI_RUNTIME = '/@dcloudio/uni-mp-weixin/'
const PRELOAD = /function preloadAsset\(\) \{[\s\S]*?\n\}\n/
const FONT_FACE = /@font-face\s*\{[^}]*\}/g
const ICON_FONT_HOST = 'at.alicdn.com'
const SHADOW_RULE = /[^{}]*\{[^{}]*background-image:\s*url\(['"]?https?:[^)]*shadow-[a-z]+\.png['"]?\)[^{}]*\}/g
const SHADOW_PRELOAD = /@keyframes\s+shadow-preload\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g

/**
 * Keeps the app to itself: nothing it shows may come from anyone's server but its own.
 *
 * Two stylesheets we depend on point elsewhere. wot-design-uni loads its icon font from a CDN
 * (a mini-program cannot load a local font file from a stylesheet, so there the file it ships
 * goes in as a data URL; in the browser wot declares that file itself, so the rule is dropped).
 * uni-h5 draws the navigation bar's shadow with CDN images; our bars have no shadow. It also knows
 * the addresses of an advertising service and of map vendors, which we never call; without them the
 * build can be searched for strangers. And the
 * mini-program runtime fetches an image from its makers' server three seconds after the start,
 * from an address spelt in character codes.
 */
export function noThirdParties(): Plugin {
  return {
    name: 'linli:no-third-parties',
    transform(code, id) {
      const own = CSS.test(id) ? ownStyle(code) : ownScript(code, id)
      return own === code ? null : { code: own, map: null }
    },
  }
}

function ownScript(code: string, id: string): string {
  if (id.includes(BROWSER_RUNTIME)) return code.replace(ADVERTISING, '""').replace(MAP_VENDORS, 'about:blank#')
  if (id.includes(MINI_RUNTIME)) return code.replace(PRELOAD, 'function preloadAsset() {}\n')
  return code
}

function ownStyle(css: string): string {
  const isBrowser = process.env.UNI_PLATFORM !== 'mp-weixin'
  return css
    .replace(SHADOW_PRELOAD, '')
    .replace(SHADOW_RULE, '')
    .replace(FONT_FACE, (rule) => {
      if (!rule.includes(ICON_FONT_HOST)) return rule
      return isBrowser ? '' : iconFont()
    })
}

let cached: string | undefined

function iconFont(): string {
  if (cached === undefined) {
    const folder = dirname(require.resolve('wot-design-uni/package.json'))
    const font = readFileSync(join(folder, 'components/wd-icon/wd-icons.ttf'))
    cached =
      '@font-face{font-family:"wd-icons";font-weight:normal;font-style:normal;' +
      `src:url("data:font/ttf;base64,${font.toString('base64')}") format("truetype")}`
  }
  return cached
}
