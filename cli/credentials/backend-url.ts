import { Failure } from '../failure'
import type { Io } from '../io'

/** The reference service. */
export const defaultBackend = 'https://api.pulumi.com'

/** The backend named by the environment, if any (cli.md §1.2). */
export function environmentBackend(io: Io): string | undefined {
  return io.env.PULUMI_BACKEND_URL || io.env.PULUMI_API || undefined
}

/** Refuses addresses that cannot be a backend of this product (cli.md §2.4). */
export function checkBackendUrl(url: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme && ['file', 's3', 'gs', 'azblob'].includes(scheme)) {
    throw new Failure('LOGIN', `${url} does not support Pulumi ESC`)
  }
  const host = url.replace(/^https?:\/\//i, '')
  if (/^(app\.pulumi\.com(\/|$)|pulumi\.com)/i.test(host)) {
    throw new Failure(
      'LOGIN',
      `${url} is not a valid self-hosted backend, use \`esc login\` without arguments to log into the Pulumi Cloud backend`,
    )
  }
  if (!URL.canParse(url) || (scheme !== 'http' && scheme !== 'https')) {
    throw new Failure('LOGIN', `${url} is not a valid backend URL: it must begin with http:// or https://`)
  }
}

/**
 * The address of the console that belongs to a backend. The reference service has one at `app.` beside `api.`;
 * everywhere else the console is served from the backend's own origin.
 */
export function consoleUrl(io: Io, backend: string, ...path: string[]): string {
  return [consoleOrigin(io, new URL(backend)), ...path.map(encodeURIComponent)].join('/')
}

function consoleOrigin(io: Io, url: URL): string {
  if (io.env.PULUMI_CONSOLE_DOMAIN) return `${url.protocol}//${io.env.PULUMI_CONSOLE_DOMAIN}`
  if (!/^api\.([^.]+\.)*pulumi\.com$/i.test(url.hostname)) return url.origin
  return `${url.protocol}//${url.host.replace(/^api\./i, 'app.')}`
}

/** How messages call a backend. */
export function backendName(url: string): string {
  return url === defaultBackend ? 'pulumi.com' : url
}
