/** Builds what is missing or older than its sources, so that no test runs yesterday's app. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const BUILDS = [
  { script: 'build:h5', result: 'dist/build/h5/index.html' },
  { script: 'build:mp-weixin', result: 'dist/build/mp-weixin/app.json' },
  { script: 'build:console', result: 'dist/console/console.js' },
]

const age = (path) => statSync(join(root, path)).mtimeMs

const sources = ['src', 'console', 'tools/vite'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, String(path))),
)
const newest = Math.max(...[...sources, 'vite.config.ts', 'index.html', 'package-lock.json'].map(age))

for (const { script, result } of BUILDS) {
  if (existsSync(join(root, result)) && age(result) > newest) continue
  process.stdout.write(`${script} ...\n`)
  const { status } = spawnSync('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
}
