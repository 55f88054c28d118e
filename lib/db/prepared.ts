/**
 * Statements of the embedded database, planned once each. PGlite's own `query` parses and plans every time, which for
 * some of ours takes several times as long as running them; a server does as much by the driver's named statements.
 */
import { type PGlite, parse, protocol } from '@electric-sql/pglite'
import type { Statement, StatementResult } from './store'

const { serialize } = protocol

/** Statements differ by their text alone, so there are few; if not, the rest is planned anew each time. */
const mostPrepared = 200

interface Prepared {
  /** Empty for one that only lives until the next. */
  name: string
  parameterTypes: readonly number[]
}

export class PreparedStatements {
  private readonly prepared = new Map<string, Prepared>()

  constructor(private readonly database: PGlite) {}

  /** Waits until no transaction runs: there is one session, and what is sent meanwhile would be part of it. */
  run(statement: Statement): Promise<StatementResult> {
    return this.database._runExclusiveTransaction(() => this.runInTransaction(statement))
  }

  /** For whoever holds the session already. */
  runInTransaction({ text, values }: Statement): Promise<StatementResult> {
    return this.database.runExclusive(async () => {
      const { name, parameterTypes } = this.prepared.get(text) ?? (await this.prepare(text))
      const parameters = values.map((value, index) => this.parameter(value, parameterTypes[index]))
      const messages = await this.send(
        serialize.bind({ statement: name, values: parameters }),
        serialize.describe({ type: 'P' }),
        serialize.execute(),
        serialize.sync(),
      )
      const [result] = parse.parseResults(messages, this.database.parsers)
      return { rows: result?.rows ?? [], count: result?.affectedRows ?? 0 }
    })
  }

  private async prepare(text: string): Promise<Prepared> {
    const name = this.prepared.size < mostPrepared ? `openesc-${this.prepared.size}` : ''
    const messages = await this.send(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    )
    const statement = { name, parameterTypes: parse.parseDescribeStatementResults(messages) }
    if (name !== '') this.prepared.set(text, statement)
    return statement
  }

  /** After an error the database skips everything up to the `sync` at the end. */
  private send(...messages: Uint8Array[]) {
    return this.database.execProtocolStream(Buffer.concat(messages), { syncToFs: false })
  }

  private parameter(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null
    const serializer = type === undefined ? undefined : this.database.serializers[type]
    return serializer ? serializer(value) : String(value)
  }
}
