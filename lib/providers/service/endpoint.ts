import { config } from '@/lib/config'

/**
 * Where a vendor's service is called: at its own origin, unless the operator named another.
 *
 * @param origin the vendor's, for example `https://sts.googleapis.com`
 * @param path parts of the path, each encoded, so that no name can leave its place (S05)
 */
export function serviceUrl(
  origin: string,
  path: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): URL {
  const url = atEndpoint(new URL(`${origin}/${path.map(pathPart).join('/')}`))
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url
}

/** The same address at the origin that the operator named for its own, if any. */
export function atEndpoint(url: URL): URL {
  const own = config().providerEndpoints.get(url.origin)
  return own === undefined ? url : new URL(`${url.pathname}${url.search}`, own)
}

/** `.` and `..` have a meaning of their own even when encoded. */
function pathPart(text: string): string {
  return text === '.' || text === '..' ? text.replaceAll('.', '%252E') : encodeURIComponent(text)
}
