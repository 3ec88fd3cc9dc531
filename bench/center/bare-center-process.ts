import { createServer } from 'node:http'
import { Pool } from 'pg'
import { Server, type Socket } from 'socket.io'

/** The message of the bare server. */
export interface BareCenterSaid {
  readonly said: 'listening'
  readonly url: string
}

// The floor of a round trip and of a herd: Socket.IO and one committed row, without any code of ours in between.
const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 16 })
pool.on('error', () => undefined)
await pool.query('create table if not exists bench_floor (id bigserial primary key, said json not null)')
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })
const keep = (said: unknown) =>
  pool.query({ name: 'keep', text: 'insert into bench_floor (said) values ($1)', values: [JSON.stringify(said)] })
async function tell(socket: Socket, said: unknown, acknowledge: () => void): Promise<void> {
  await keep(said)
  acknowledge()
  socket.broadcast.emit('told', said)
}
io.on('connection', (socket) => {
  socket.on('keep', (said: unknown, acknowledge: () => void) => {
    void keep(said).then(() => acknowledge())
  })
  socket.on('tell', (said: unknown, acknowledge: () => void) => {
    void tell(socket, said, acknowledge)
  })
})
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as { port: number }
  process.send!({ said: 'listening', url: `http://127.0.0.1:${port}` } satisfies BareCenterSaid)
})
process.once('disconnect', () => process.exit())
