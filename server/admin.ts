/** `npm run admin -- COMMAND`: asks the running server, over the socket in its data folder, to do an operator's work. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { config } from '@/lib/config'
import { socketAddress } from '@/lib/db/unix-socket'
import { type OperatorAnswer, operatorSocket } from './operator-socket'

const usage = `npm run admin -- COMMAND

  backup FILE                  write a copy of the running embedded database, without the master key
  verify                       check the audit log of every organization
  rekey                        give every organization a new key and seal everything with it
  rekey-master [--key-file F]  replace the master key; F holds the new one where the server was given its key
  reset-password LOGIN         set a person's password (read from the terminal or from standard input)

The server must be running; OPENESC_DATA_DIR says which one.`

/** Typed unseen on a terminal, or the first line of what is piped in. */
async function readPassword(): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  if (isTerminal) process.stderr.write('New password: ')
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: isTerminal })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    if (isTerminal) process.stderr.write('\n')
  }
}

async function ask(command: string, input: object): Promise<OperatorAnswer> {
  const { dataDirectory } = config()
  const socketPath = socketAddress(operatorSocket(dataDirectory))
  const sent = request({ socketPath, path: `/${command}`, method: 'POST' }).end(JSON.stringify(input))
  const [response] = await once(sent, 'response')
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString())
}

async function inputOf(command: string, operand: string | undefined, keyFile: string | undefined) {
  if (command === 'reset-password') {
    return operand === undefined ? undefined : { login: operand, password: await readPassword() }
  }
  if (command === 'backup') return operand === undefined ? undefined : { file: resolve(operand) }
  if (command === 'rekey-master' && keyFile !== undefined) return { key: readFileSync(keyFile, 'utf8') }
  return ['verify', 'rekey', 'rekey-master'].includes(command) ? {} : undefined
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'key-file': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  const [command = '', operand] = positionals
  const input = values.help ? undefined : await inputOf(command, operand, values['key-file'])
  if (input === undefined) {
    console.error(usage)
    return values.help ? 0 : 2
  }
  const { lines, ok } = await ask(command, input)
  for (const line of lines) console.log(line)
  return ok ? 0 : 1
}

function explain(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const isAbsent = code === 'ENOENT' || code === 'ECONNREFUSED'
  const message = error instanceof Error ? error.message : 'failed'
  console.error(isAbsent ? 'No OpenESC server is running on this data folder (OPENESC_DATA_DIR).' : message)
  return 1
}

process.exitCode = await main().catch(explain)
