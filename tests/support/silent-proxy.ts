import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP proxy that can fall silent: both ends stay open, but it passes nothing on any more. */
export interface SilentProxy {
  readonly url: string
  /** From now on nothing passes over the existing connections; later connections work. */
  fallSilent(): void
  close(): Promise<void>
}

export async function startSilentProxy(to: number): Promise<SilentProxy> {
  let pairs: [Socket, Socket][] = []
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    const pair: [Socket, Socket] = [near, far]
    pairs.push(pair)
    near.pipe(far)
    far.pipe(near)
    for (const socket of pair)
      socket.on('error', () => {
        for (const one of pair) one.destroy()
      })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const silent: Socket[] = []
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fallSilent: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far)
        far.unpipe(near)
        for (const socket of [near, far]) {
          // Reads the data and discards it. Not even the end of one side is passed on to the other.
          socket.resume()
          silent.push(socket)
        }
      }
      pairs = []
    },
    close: async () => {
      for (const socket of [...pairs.flat(), ...silent]) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
