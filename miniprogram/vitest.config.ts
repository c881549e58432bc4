import { fileURLToPath } from 'node:url'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

import { conditionalCompilation } from './tools/vite/conditional-compilation'

export default defineConfig({
  plugins: [conditionalCompilation('H5'), vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'jsdom',
    include: ['tests/unit/**/*.test.ts'],
    setupFiles: ['tests/unit/setup.ts'],
    env: { TZ: 'Asia/Shanghai' },
    restoreMocks: true,
    // Nets: a machine that stalls is no fault of what is tested.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './tools/reporters/vitest-tally.ts'],
  },
})
