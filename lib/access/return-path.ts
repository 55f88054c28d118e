/** Where to go after signing in: only ever a path of ours (T13). */

/**
 * @param text what a link asked for, never trusted
 * @returns a path that begins with exactly one slash, or `/`
 */
export function returnPath(text: string | null | undefined): string {
  if (!text?.startsWith('/')) return '/'
  // Browsers read a backslash as a slash and drop tabs and line breaks, so `/\evil` and `/<tab>/evil` leave us.
  if (/[\\\p{Cc}]/u.test(text)) return '/'
  const base = 'http://openesc.invalid'
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined
  if (!url || url.origin !== base || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}

/**
 * The listener of an official command line that waits for its token (http-api.md §3.6): the loopback interface and
 * nothing else, whatever the link says.
 *
 * @returns undefined when the port or the nonce is malformed
 */
export function cliListenerUrl(port: string, nonce: string, accessToken: string): string | undefined {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) return undefined
  if (!/^[0-9a-f]{16,128}$/i.test(nonce)) return undefined
  const url = new URL(`http://localhost:${port}/`)
  url.searchParams.set('accessToken', accessToken)
  url.searchParams.set('nonce', nonce)
  return url.href
}
