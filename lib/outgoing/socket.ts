import { Socket } from 'node:net'
import { publicLookup, refuseForbiddenHost } from './address'

/**
 * A socket for clients that connect it themselves, such as those of databases: the address is checked as for
 * {@link sendRequest}, and a forbidden one ends in an `error` event. The operator's proxy is for HTTP and not used.
 */
export class GuardedSocket extends Socket {
  override connect(...args: unknown[]): this {
    const [port, host] = args
    if (typeof port !== 'number' || typeof host !== 'string') {
      throw new TypeError('a guarded socket connects to a port and a host')
    }
    try {
      refuseForbiddenHost(host)
    } catch (error) {
      return this.destroy(error instanceof Error ? error : undefined)
    }
    return super.connect({ port, host, lookup: publicLookup() })
  }
}
