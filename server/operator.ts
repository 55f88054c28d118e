/**
 * Commands of whoever runs the server, over a Unix socket in the private data folder: only one process may hold the
 * embedded database, so the running one does the work. Reaching the socket proves who asks.
 */
import { chmod, unlink } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { operator } from '@/lib/access/actor'
import { resetPassword } from '@/lib/access/signin'
import { verifyChain } from '@/lib/audit'
import { backUp, database } from '@/lib/db'
import { prepareDataFolder } from '@/lib/db/data-folder'
import { isAlive, socketAddress } from '@/lib/db/unix-socket'
import { isFailure } from '@/lib/failure'
import { rekeyOrganization } from '@/lib/secrets'
import { replaceMasterKey } from '@/lib/secrets/replace-master-key'
import { complain, describeFault } from './log'
import { type OperatorAnswer, operatorSocket } from './operator-socket'

const largestBody = 16 * 1024

async function organizations(): Promise<{ id: string; name: string }[]> {
  return database().organization.findMany({ select: { id: true, name: true }, orderBy: { nameKey: 'asc' } })
}

async function verify(): Promise<OperatorAnswer> {
  const reports = await Promise.all(
    (await organizations()).map(async ({ id, name }) => ({ name, report: await verifyChain(id) })),
  )
  const lines = reports.map(({ name, report }) =>
    report.intact
      ? `${name}: ${report.entries} audit entries, intact; head ${report.head}`
      : `${name}: audit entry ${report.sequence} is bad (${report.problem})`,
  )
  return { lines, ok: reports.every(({ report }) => report.intact) }
}

async function rekey(): Promise<OperatorAnswer> {
  const lines: string[] = []
  let unreadable = 0
  for (const { id, name } of await organizations()) {
    const report = await rekeyOrganization(id)
    unreadable += report.unreadable
    lines.push(
      `${name}: new key; ${report.revisions} revisions and ${report.openSessions} open sessions sealed anew`,
    )
    if (report.unreadable > 0)
      lines.push(`${name}: ${report.unreadable} open sessions were unreadable before`)
  }
  return { lines, ok: unreadable === 0 }
}

const newMasterKey = z.object({ key: z.string().optional() })

async function rekeyMaster(input: unknown, dataDirectory: string): Promise<OperatorAnswer> {
  const { key } = newMasterKey.parse(input)
  const report = await replaceMasterKey({ dataDirectory, next: key })
  const lines = [`${report.organizationKeys} organization keys are wrapped by the new master key`]
  if (key !== undefined)
    lines.push('Configure the new key before the next start, here and on every other process.')
  if (report.unreadable > 0) lines.push(`${report.unreadable} organization keys were unreadable before`)
  return { lines, ok: report.unreadable === 0 }
}

const newPassword = z.object({ login: z.string(), password: z.string() })

async function reset(input: unknown): Promise<OperatorAnswer> {
  await resetPassword(operator, newPassword.parse(input))
  return { lines: ['The password is set and all sessions of this person have ended.'], ok: true }
}

const newBackup = z.object({ file: z.string() })

async function backup(input: unknown): Promise<OperatorAnswer> {
  const { file } = newBackup.parse(input)
  const bytes = await backUp(file)
  return { lines: [`${file}: ${bytes} bytes. Keep the master key elsewhere: it is not inside.`], ok: true }
}

type Command = (input: unknown, dataDirectory: string) => Promise<OperatorAnswer>

const commands: Record<string, Command> = {
  backup,
  verify,
  rekey,
  'rekey-master': rekeyMaster,
  'reset-password': reset,
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    length += part.length
    if (length > largestBody) throw new Error('too large')
    parts.push(part)
  }
  return JSON.parse(Buffer.concat(parts).toString() || '{}')
}

/** Failures are written to be read; anything else may quote what was given. */
function refusal(error: unknown): OperatorAnswer {
  if (isFailure(error) || (error instanceof Error && error.name === 'StartupError')) {
    return { lines: [error.message], ok: false }
  }
  complain(`operator command: ${describeFault(error)}`)
  return { lines: ['The command failed; the log of the server says where.'], ok: false }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  dataDirectory: string,
): Promise<void> {
  const command = commands[request.url?.slice(1) ?? '']
  const result = command
    ? await readBody(request)
        .then((input) => command(input, dataDirectory))
        .catch(refusal)
    : { lines: ['There is no such command.'], ok: false }
  response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
}

async function listenOn(path: string, server: Server): Promise<void> {
  await unlink(path).catch(() => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketAddress(path), resolve)
  })
  await chmod(path, 0o600)
}

/**
 * Without a usable data folder, which a process on a database server need not have, there are no commands. Of several
 * processes on one folder the first answers.
 *
 * @returns stops listening
 */
export async function listenForOperator(dataDirectory: string): Promise<() => Promise<void>> {
  const server = createServer((request, response) => answer(request, response, dataDirectory))
  try {
    await prepareDataFolder(dataDirectory)
    const path = operatorSocket(dataDirectory)
    if (!(await isAlive(socketAddress(path)))) await listenOn(path, server)
  } catch {
    complain('Operator commands are off: the data folder cannot hold their socket.')
  }
  return async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}
