/** Database servers that let everybody in, answer questions with nothing and refuse changes with all that they heard. */
import { createServer, type Server, type Socket } from 'node:net'

export interface HostileDatabase {
  port: number
  /** What was sent in the clear: passwords and statements. */
  heard: string[]
  stop(): Promise<void>
}

/** PostgreSQL's protocol 3.0, as far as a client gets that is asked for its password in the clear. */
export async function startHostilePostgres(): Promise<HostileDatabase> {
  const heard: string[] = []
  const server = createServer((socket) => {
    let started = false
    socket.on('error', () => {})
    socket.on('data', (data) => {
      // Without a type: the request for encryption, then the start.
      if (!started && data.readInt32BE(4) === sslRequest) return socket.write('N')
      if (!started) {
        started = true
        return socket.write(message('R', Buffer.from([0, 0, 0, 3])))
      }
      return answerPostgres(socket, data, heard)
    })
  })
  return { port: await listen(server), heard, stop: () => stop(server) }
}

const sslRequest = 80877103

function answerPostgres(socket: Socket, data: Buffer, heard: string[]): void {
  const type = data.toString('latin1', 0, 1)
  const text = data.toString('utf8', 5, data.length - 1)
  if (type === 'X') return
  heard.push(text)
  if (type === 'p') {
    socket.write(Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))]))
    return
  }
  if (text.startsWith('SELECT')) {
    socket.write(Buffer.concat([message('C', Buffer.from('SELECT 0\0')), message('Z', Buffer.from('I'))]))
    return
  }
  const fields = { S: 'ERROR', C: '42501', M: heard.join(' ') }
  const body = Object.entries(fields).map(([field, value]) => `${field}${value}\0`)
  socket.write(message('E', Buffer.from(`${body.join('')}\0`)))
  socket.write(message('Z', Buffer.from('I')))
}

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}

/** MySQL's protocol, version 10, without encryption. Passwords are not sent in it, only proofs of them. */
export async function startHostileMysql(): Promise<HostileDatabase> {
  const heard: string[] = []
  const server = createServer((socket) => {
    let loggedIn = false
    socket.on('error', () => {})
    socket.on('data', (data) => {
      const text = data.toString('utf8', 5)
      if (loggedIn) heard.push(text)
      const refuses = loggedIn && !/^(SET|SELECT)/.test(text)
      socket.write(packet(data.readUInt8(3) + 1, refuses ? refusal(heard.join(' ')) : done))
      loggedIn = true
    })
    socket.write(packet(0, greeting))
  })
  return { port: await listen(server), heard, stop: () => stop(server) }
}

const done = Buffer.from([0, 0, 0, 2, 0, 0, 0])
const capabilities = 0x0008_a20d
const greeting = Buffer.concat([
  Buffer.from('\x0ahostile\0\x01\0\0\0saltsalt\0', 'latin1'),
  Buffer.from([capabilities & 0xff, (capabilities >> 8) & 0xff, 8, 2, 0, (capabilities >> 16) & 0xff, 0, 21]),
  Buffer.alloc(10),
  Buffer.from('saltsaltsalt\0mysql_native_password\0'),
])

/** ER_CANNOT_USER. */
function refusal(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 1396 & 0xff, 1396 >> 8]), Buffer.from(`#HY000${text}`)])
}

function packet(sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUIntLE(body.length, 0, 3)
  head.writeUInt8(sequence, 3)
  return Buffer.concat([head, body])
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
