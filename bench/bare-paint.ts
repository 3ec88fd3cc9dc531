import fastifyWebsocket from '@fastify/websocket'
import type { Browser } from '@playwright/test'
import Fastify from 'fastify'
import { setTimeout as pause } from 'node:timers/promises'

const page = `<!doctype html><h1></h1><script>
  window.painted = []
  new WebSocket('ws://' + location.host + '/socket').onmessage = (event) => {
    const message = JSON.parse(event.data)
    document.querySelector('h1').textContent = message.name
    requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.timeOrigin + performance.now() - message.at)))
  }
</script>`

/**
 * The floor of a screen pop: the same number of bytes over a bare loopback socket, parsed, and one heading changed and
 * painted. Milliseconds each.
 */
export async function barePaint(browser: Browser, bytes: number, times: number): Promise<number[]> {
  const app = Fastify()
  await app.register(fastifyWebsocket)
  let send: (text: string) => void = () => undefined
  app.get('/', (_, reply) => reply.type('text/html').send(page))
  await app.register(async (scope) => {
    scope.get('/socket', { websocket: true }, (socket) => {
      send = (text) => socket.send(text)
    })
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const window = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await window.goto(url)
  await pause(500)
  const ballast = 'x'.repeat(bytes)
  for (let i = 0; i < times; i++) {
    send(JSON.stringify({ at: Date.now(), name: `caller ${i}`, ballast }))
    await pause(60)
  }
  const painted = await window.evaluate(() => (globalThis as unknown as { painted: number[] }).painted)
  await window.close()
  await app.close()
  return painted
}
