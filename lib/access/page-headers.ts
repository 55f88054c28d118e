/** The security headers of every page (stack.md §4) and what the proxy tells the page about its request. */

/** Request headers that the proxy sets over whatever the client sent. */
export const nonceHeader = 'x-nonce'
export const pathHeader = 'x-openesc-path'

/**
 * Scripts run by nonce only. Styles need `unsafe-inline` because the editor sets them on elements.
 *
 * @param nonce fresh for every answer
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** @param secure whether the installation is reached by https */
export function pageHeaders({ nonce, secure }: { nonce: string; secure: boolean }): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Not `no-referrer`: with it browsers send `Origin: null` and our own forms would look foreign.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...(secure && { 'strict-transport-security': 'max-age=31536000' }),
  }
}
