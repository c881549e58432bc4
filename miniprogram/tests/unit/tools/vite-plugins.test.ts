import { afterEach, describe, expect, it, vi } from 'vitest'

import { browserNetwork } from '../../../tools/vite/browser-network'
import { keepFor } from '../../../tools/vite/conditional-compilation'
import { noThirdParties } from '../../../tools/vite/no-third-parties'

type Transform = (this: { error: (message: string) => never }, code: string, id: string) => { code: string } | null

const context = {
  error: (message: string): never => {
    throw new Error(message)
  },
}

function run(plugin: { transform?: unknown }, code: string, id: string): string {
  return (plugin.transform as Transform).call(context, code, id)?.code ?? code
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('conditional compilation', () => {
  const code = ['a', '// #ifdef H5', 'b', '// #ifndef MP-WEIXIN', 'c', '// #endif', '// #endif', '/* #ifdef MP || APP */', 'd', '/* #endif */', 'e'].join('\n')

  it.each([
    ['H5', 'abce'],
    ['MP-WEIXIN', 'ade'],
  ])('keeps what is meant for %s, each line in its place', (platform, kept) => {
    const result = keepFor(platform, code)
    expect(result.replaceAll('\n', '')).toBe(kept)
    expect(result.split('\n')).toHaveLength(code.split('\n').length)
  })
})

describe('no third parties', () => {
  const icons = '@font-face{font-family:wd-icons;src:url("https://at.alicdn.com/t/c/font.woff2") format("woff2")}.a{color:red}'

  it('drops the icon font from a server in the browser, which has the file itself', () => {
    vi.stubEnv('UNI_PLATFORM', 'h5')
    expect(run(noThirdParties(), icons, '/wd-icon.vue?vue&type=style&lang.scss')).toBe('.a{color:red}')
  })

  it('puts the icon font into the mini-program', () => {
    vi.stubEnv('UNI_PLATFORM', 'mp-weixin')
    const css = run(noThirdParties(), icons, '/wd-icon.vue?vue&type=style&lang.scss')
    expect(css).toContain('data:font/ttf;base64,')
    expect(css).not.toContain('alicdn')
  })

  it('drops the shadows of the navigation bar and keeps the rules beside them', () => {
    const css =
      '.uni-page-head{height:44px}.uni-page-head-shadow-grey::after{background-image: url("https://cdn.example/img/shadow-grey.png")}' +
      '@keyframes shadow-preload {0% {background-image: url(https://cdn.example/a.png)} 100% {background-image: url(https://cdn.example/a.png)}}.b{top:0}'
    expect(run(noThirdParties(), css, '/style/pageHead.css')).toBe('.uni-page-head{height:44px}.b{top:0}')
  })

  it('disarms what the runtimes would fetch', () => {
    const preload = 'function preloadAsset() {\n    wx.preloadAssets({});\n}\nconst a = 1\n'
    expect(run(noThirdParties(), preload, '/@dcloudio/uni-mp-weixin/dist/uni.mp.esm.js')).not.toContain('preloadAssets')
    const vendors = 'x(`https://apis.map.qq.com/ws/?k=${k}`, "https://has1.dcloud.net.cn/ahl")'
    expect(run(noThirdParties(), vendors, '/@dcloudio/uni-h5/dist/uni-h5.es.js')).not.toMatch(/https?:/)
  })

  it('leaves the rest alone', () => {
    expect(run(noThirdParties(), 'const a = "https://example.org"', '/src/a.ts')).toContain('https://example.org')
  })
})

describe('the network in a browser', () => {
  const id = '/node_modules/@dcloudio/uni-h5/dist/uni-h5.es.js'

  it('is asked of the window, which knows', () => {
    const code = 'function getConnection() {\n  return navigator.connection;\n}\nuse()'
    expect(run(browserNetwork(), code, id)).toBe('function getConnection() { return undefined }\nuse()')
  })

  it('stops the build once the runtime no longer fits', () => {
    expect(() => run(browserNetwork(), 'nothing', id)).toThrow('getConnection')
  })
})
