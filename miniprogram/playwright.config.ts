import { existsSync } from 'node:fs'

import { defineConfig } from '@playwright/test'

import type { BuildOptions } from './tests/e2e/support/phone'

const SERVICE = Number(process.env.E2E_PORT ?? 8765)
// The service's port + 1 belongs to the stand-in WeChat server.
const MINI = SERVICE + 5
const SCREENSHOTS = '**/screenshots.spec.ts'
const CONSOLE_SCREENSHOTS = '**/screenshots-console.spec.ts'
const CONSOLE = '**/console-*.spec.ts'
const WIDE = { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false }
// The console alone needs no phone: `npm run test:console`.
const PHONES = !process.env.E2E_CONSOLE
// The shell has no windows, tabs and settings to draw: half the work for the same pages.
const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync)

const service = `http://127.0.0.1:${String(SERVICE)}`
const mini = `http://127.0.0.1:${String(MINI)}`

// What WeChat does otherwise than a browser: the camera, the map, drafts without a network.
const OWN_WAYS = ['report', 'messages', 'quiz', 'round', 'patrol']
// The same journeys as on H5; where twenty minutes are all there is, H5 walks them alone.
const ALSO = ['appearance', 'volunteers', 'certificate', 'campaigns', 'questions', 'figures', 'desk', 'account']
const LOOKS = /looks|look at|what waits|who takes part/

const specs = (names: string[]): string[] => names.map((name) => `**/${name}.spec.ts`)

export default defineConfig<BuildOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Nets, which a good run never touches: there are machines ten times slower, and others that stall.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['./tools/reporters/playwright-tally.ts']],
  use: {
    viewport: { width: 390, height: 844 },
    // Without a graphics card each pixel is the processor's; pictures ask for more of them.
    deviceScaleFactor: 1,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // In 草堂路社区.
    geolocation: { latitude: 30.66, longitude: 104.027 },
    permissions: ['geolocation'],
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // Every step is written down for it, which costs time.
    trace: process.env.CI ? 'off' : 'retain-on-failure',
    launchOptions: {
      ...(CHROMIUM && { executablePath: CHROMIUM }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'h5', testIgnore: [SCREENSHOTS, CONSOLE_SCREENSHOTS, CONSOLE], use: { build: 'h5', baseURL: service } },
    { name: 'mp-weixin', testMatch: specs(process.env.CI ? OWN_WAYS : [...OWN_WAYS, ...ALSO]), use: { build: 'mp-weixin', baseURL: mini } },
    {
      name: 'console-wide',
      testMatch: CONSOLE,
      use: { baseURL: service, ...WIDE },
    },
    // A phone's browser at the desk's pages.
    {
      name: 'console-narrow',
      testMatch: CONSOLE,
      ...(process.env.CI && { grep: LOOKS }),
      use: { baseURL: service },
    },
    // For the README: `npm run screenshots`.
    { name: 'screenshots-h5', testMatch: SCREENSHOTS, use: { build: 'h5', baseURL: service, deviceScaleFactor: 2 } },
    { name: 'screenshots-mp-weixin', testMatch: SCREENSHOTS, use: { build: 'mp-weixin', baseURL: mini, deviceScaleFactor: 2 } },
    { name: 'screenshots-console', testMatch: CONSOLE_SCREENSHOTS, use: { baseURL: service, ...WIDE } },
  ],
  webServer: [
    {
      command: `.venv/bin/python -m tools.serve --ephemeral --port ${String(SERVICE)}${process.env.E2E_MONTH ? ' --month' : ''}`,
      cwd: '..',
      url: `${service}/readyz`,
      // While one writes a page: one that runs already, with what former tests left in it.
      reuseExistingServer: Boolean(process.env.E2E_REUSE),
      timeout: process.env.E2E_MONTH ? 900_000 : 600_000,
      gracefulShutdown: { signal: 'SIGINT', timeout: 10_000 },
      stdout: 'ignore',
    },
    ...(PHONES
      ? [
          {
            command: `node tools/glass-easel/pack.mjs && node tools/glass-easel/serve.mjs --port ${String(MINI)} --api ${service}`,
            url: mini,
            timeout: 300_000,
          },
        ]
      : []),
  ],
})
