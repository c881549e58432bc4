import type { Plugin } from 'vite'

const RUNTIME = /\/@dcloudio\/uni-h5\/dist\/uni-h5\.es\.js$/
const GET_CONNECTION = /function getConnection\(\) \{[^}]*\}/

/**
 * Lets `uni.getNetworkType` and `uni.onNetworkStatusChange` notice that a browser is offline.
 *
 * Where there is a `navigator.connection`, uni-h5 asks only that, and Chromium's goes on saying “4g”
 * without a network and tells of no change. Denied it, uni-h5 falls back to `navigator.onLine`
 * and the window's `online` and `offline`, which are right everywhere.
 */
export function browserNetwork(): Plugin {
  return {
    name: 'linli:browser-network',
    transform(code, id) {
      if (!RUNTIME.test(id)) return null
      if (!GET_CONNECTION.test(code)) this.error('uni-h5 no longer asks getConnection(): look whether this is still needed')
      return { code: code.replace(GET_CONNECTION, 'function getConnection() { return undefined }'), map: null }
    },
  }
}
