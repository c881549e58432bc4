/**
 * Serves a folder and passes /api on to the service, so that both are one origin as in production.
 * Usage: node serve.mjs [--folder dist/run/mp-weixin] [--port 8770] [--api http://127.0.0.1:8765]
 */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { dirname, extname, join, normalize, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'dist/run/mp-weixin' },
    port: { type: 'string', default: '8770' },
    api: { type: 'string', default: 'http://127.0.0.1:8765' },
  },
})

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../..', values.folder)
const api = new URL(values.api)

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
}

createServer((incoming, outgoing) => {
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost')
  if (pathname.startsWith('/api/')) passOn(incoming, outgoing)
  else sendFile(pathname, outgoing)
}).listen(Number(values.port), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${values.port}/\n`)
})

function passOn(incoming, outgoing) {
  const onward = request(
    { host: api.hostname, port: api.port, method: incoming.method, path: incoming.url, headers: { ...incoming.headers, host: api.host } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    },
  )
  onward.on('error', () => {
    outgoing.writeHead(502).end()
  })
  incoming.pipe(onward)
}

function sendFile(pathname, outgoing) {
  const path = normalize(join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)))
  if (!path.startsWith(folder) || !existsSync(path) || !statSync(path).isFile()) {
    outgoing.writeHead(404).end()
    return
  }
  outgoing.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Cache-Control': 'no-store' })
  createReadStream(path).pipe(outgoing)
}
