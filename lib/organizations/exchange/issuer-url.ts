/**
 * How an issuer's address must be written: exactly as its tokens say it, in the one spelling that cannot be mistaken
 * for another (T07).
 *
 * @param allowHttp for loopback issuers that the operator allowed
 * @returns what is wrong with it, for the form
 */
export function issuerUrlProblem(text: string, { allowHttp = false } = {}): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) return 'Enter the issuer’s address.'
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) {
    return 'The address must begin with https://.'
  }
  if (url.username || url.password || text.includes('?') || text.includes('#')) {
    return 'The address must have no user, query or fragment.'
  }
  // The parser repairs upper case, default ports, dots, backslashes and other alphabets; what it changed is refused.
  if (url.href !== text && url.href !== `${text}/`) return 'Write the address exactly as the issuer does.'
  return undefined
}
