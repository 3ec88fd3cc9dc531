import { io } from 'socket.io-client'

/** The task of one process of the bare crowd. */
export interface BareCrowdAsked {
  readonly serverUrl: string
  readonly clients: number
  readonly commandsEach: number
  readonly said: object
}
/** The reply: when each client had everything acknowledged, in ms since 1970. */
export interface BareCrowdSaid {
  readonly said: 'acknowledged'
  readonly at: readonly number[]
}

// The floor of a herd: as many bare connections and as many committed rows.
const acknowledgedAt: number[] = []

process.on('message', (asked: BareCrowdAsked) => {
  for (let i = 0; i < asked.clients; i++) connect(asked, Math.random() * 500)
})

function connect(asked: BareCrowdAsked, afterMs: number): void {
  setTimeout(() => {
    const socket = io(asked.serverUrl, { transports: ['websocket'], reconnection: false, forceNew: true })
    socket.once('connect_error', () => connect(asked, Math.random() * 1000))
    socket.once('connect', () => {
      let left = asked.commandsEach
      const one = () => {
        left -= 1
        if (left > 0) return
        acknowledgedAt.push(performance.timeOrigin + performance.now())
        if (acknowledgedAt.length === asked.clients)
          process.send!({ said: 'acknowledged', at: acknowledgedAt } satisfies BareCrowdSaid)
      }
      for (let i = 0; i < asked.commandsEach; i++) socket.emit('keep', asked.said, one)
    })
  }, afterMs)
}

process.once('disconnect', () => process.exit())
