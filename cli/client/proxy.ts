import { BlockList, isIP, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'

/**
 * The proxy for a URL, by the variables and rules of the official command line (Go's httpproxy): `HTTPS_PROXY` or
 * `HTTP_PROXY`, also in lower case, unless `NO_PROXY` names the host; loopback is always reached directly.
 *
 * @throws TypeError when the variable holds no URL
 */
export function proxyFor(url: URL, env: Readonly<Record<string, string | undefined>>): URL | undefined {
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  const value = variable(env, `${scheme}_proxy`)
  if (!value || isLoopback(url) || isExcluded(url, variable(env, 'no_proxy') ?? '')) return undefined
  return new URL(/^[a-z0-9+.-]+:\/\//i.test(value) ? value : `http://${value}`)
}

function variable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return env[name.toUpperCase()] || env[name]
}

/** IPv6 addresses stand in brackets in URLs. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}

function isLoopback(url: URL): boolean {
  const host = hostOf(url)
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function isExcluded(url: URL, list: string): boolean {
  return list
    .split(',')
    .map((rule) => rule.trim().toLowerCase())
    .some((rule) => rule !== '' && excludes(rule, url))
}

/** `*`, an address, a range of addresses, or a domain, which a port may follow. */
function excludes(rule: string, url: URL): boolean {
  const host = hostOf(url)
  if (rule === '*' || rule === host) return true
  if (rule.includes('/')) return isInRange(host, rule)
  const [, name = rule, port] = /^(.*?):(\d+)$/.exec(rule) ?? []
  if (port !== undefined && port !== portOf(url)) return false
  const domain = name.replace(/^\*?\./, '')
  return host.endsWith(`.${domain}`) || (host === domain && domain === name)
}

function isInRange(host: string, range: string): boolean {
  const [address = '', bits] = range.split('/')
  const family = isIP(address)
  if (family === 0 || isIP(host) !== family) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  try {
    list.addSubnet(address, Number(bits), type)
    return list.check(host, type)
  } catch {
    return false
  }
}

/** What a request through a proxy says to the proxy about who asks. */
export function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'Proxy-Authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/** A connection to the URL's host that the proxy passes on unread. */
export async function openTunnel(proxy: URL, url: URL): Promise<Socket> {
  const { request } = proxy.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const target = `${url.hostname}:${portOf(url)}`
  return new Promise((resolve, reject) => {
    const asking = request({
      hostname: hostOf(proxy),
      port: portOf(proxy),
      method: 'CONNECT',
      path: target,
      headers: { Host: target, ...proxyHeaders(proxy) },
    })
    asking.on('error', reject)
    asking.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(new Error(`the proxy ${proxy.host} answered ${statusCode}`))
    })
    asking.end()
  })
}

/** TLS with the URL's host inside a tunnel to it. */
export function speakTls(socket: Socket, url: URL, options: { rejectUnauthorized: boolean }): TLSSocket {
  const host = hostOf(url)
  // an address is no name for SNI (RFC 6066)
  return connect({ ...options, socket, host, ...(isIP(host) === 0 && { servername: host }) })
}
