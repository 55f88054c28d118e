/** The agent through which every request leaves that goes where somebody chose. */
import type { Agent as HttpAgent } from 'node:http'
import net, { type LookupFunction } from 'node:net'
import tls from 'node:tls'
import { Agent, type AgentConnectOpts } from 'agent-base'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { config } from '@/lib/config'
import { processWide } from '@/lib/process-wide'
import { publicLookup, type ResolveName, refuseForbiddenHost } from './address'

/** Checks the target at the moment of connecting, then connects: directly, or through the operator's proxy. */
export class GuardedAgent extends Agent {
  readonly #proxy: HttpsProxyAgent<string> | undefined
  readonly #lookup: LookupFunction

  /** @param options.resolve stands in for the system's resolver */
  constructor({ keepAlive, resolve }: { keepAlive: boolean; resolve?: ResolveName | undefined }) {
    super({ keepAlive })
    this.#lookup = publicLookup(resolve)
    const { httpsProxy } = config()
    this.#proxy = httpsProxy === undefined ? undefined : new HttpsProxyAgent(httpsProxy)
  }

  override connect(_request: unknown, options: AgentConnectOpts): net.Socket | HttpAgent {
    refuseForbiddenHost(options.host ?? '')
    if (this.#proxy) return this.#proxy
    return options.secureEndpoint
      ? tls.connect({ ...options, lookup: this.#lookup })
      : net.connect({ ...options, lookup: this.#lookup })
  }
}

/**
 * For the clients of vendors' SDKs, which make their own requests: one pool of connections for the process, guarded and
 * through the proxy as {@link sendRequest} is.
 */
export function guardedAgents(): { httpAgent: HttpAgent; httpsAgent: GuardedAgent } {
  const agent = processWide('guarded-agent', () => new GuardedAgent({ keepAlive: true }))
  return { httpAgent: agent, httpsAgent: agent }
}
