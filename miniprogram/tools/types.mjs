/**
 * `vue-tsc`, minus what it says about our dependencies: wot-design-uni ships its TypeScript
 * sources, so `skipLibCheck` does not cover them and they are checked with our stricter options.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const vueTsc = createRequire(import.meta.url).resolve('vue-tsc/bin/vue-tsc.js')
const { stdout, stderr, status } = spawnSync(process.execPath, [vueTsc, '--noEmit', '--pretty', 'false'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})

// A message may go on for several lines; the indented ones belong to the one above.
const ours = stdout.split(/\n(?!\s)/).filter((message) => message.trim() && !message.startsWith('node_modules/'))

if (ours.length > 0 || stderr) process.stdout.write(`${ours.join('\n')}\n${stderr}`)
// vue-tsc ends with 2 when there were type errors; anything else but 0 means it did not run.
const ran = status === 0 || (status === 2 && stdout.includes('error TS'))
process.exit(ran && ours.length === 0 ? 0 : 1)
