/**
 * Writes src/api/schema.d.ts from openapi.json, the service's own description of itself.
 * With --check it writes nothing and fails if the file would differ: then client and service
 * have drifted apart.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import openapiTS, { astToString } from 'openapi-typescript'

const source = new URL('../openapi.json', import.meta.url)
const target = new URL('../src/api/schema.d.ts', import.meta.url)

if (!existsSync(source)) fail('openapi.json is missing: run `flask openapi write miniprogram/openapi.json`')

const document = JSON.parse(readFileSync(source, 'utf8'))
const schema = await openapiTS(document, {
  // A field with a default is always present in an answer, but may be left out of a request.
  defaultNonNullable: false,
  alphabetize: true,
})
const text = `// Generated from openapi.json by \`npm run generate\`; do not edit.\n\n${astToString(schema)}`

if (process.argv.includes('--check')) {
  const kept = existsSync(target) ? readFileSync(target, 'utf8') : ''
  if (kept !== text) fail('src/api/schema.d.ts does not fit openapi.json: run `npm run generate` and commit it')
  process.stdout.write('src/api/schema.d.ts fits openapi.json\n')
} else {
  writeFileSync(target, text)
  process.stdout.write(`wrote ${fileURLToPath(target)}\n`)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
