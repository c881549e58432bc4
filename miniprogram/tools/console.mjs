/** Bundles the console's scripts and style into dist/console. */
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const outdir = join(root, 'dist/console')

rmSync(outdir, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: ['console/console.ts', 'console/style.css'],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2020',
  minify: true,
  // A chunk's name says what is in it, so that none of yesterday is taken for today's.
  chunkNames: '[name]-[hash]',
  loader: { '.png': 'dataurl' },
  legalComments: 'linked',
  logLevel: 'warning',
})
