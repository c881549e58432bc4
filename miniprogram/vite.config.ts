import { fileURLToPath } from 'node:url'

import uniPlugin from '@dcloudio/vite-plugin-uni'
import bundleOptimizer from '@uni-ku/bundle-optimizer'
import { defineConfig, type Plugin } from 'vite'

import { browserNetwork } from './tools/vite/browser-network'
import { noThirdParties } from './tools/vite/no-third-parties'

// vite-plugin-uni is CommonJS; in an ES module project its function arrives as `.default`.
const uni = (uniPlugin as unknown as { default: () => Plugin[] }).default

const isMiniProgram = process.env.UNI_PLATFORM === 'mp-weixin'

export default defineConfig({
  plugins: [
    noThirdParties(),
    browserNetwork(),
    uni(),
    // Moves what only a subpackage uses (ECharts) out of the main package.
    isMiniProgram && bundleOptimizer({ logger: false }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  css: {
    preprocessorOptions: {
      // wot's stylesheets use the old Sass spelling; its warnings are not ours to mend.
      scss: { silenceDeprecations: ['import', 'legacy-js-api', 'global-builtin'] },
    },
  },
  build: { target: 'es2018', reportCompressedSize: false },
})
