/**
 * A double of GitHub's interface for apps, after its published protocol: it verifies the app's token with the app's
 * public key and grants no more than the installation has. No GitHub can be had for tests.
 */
import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto'
import { jwtVerify } from 'jose'
import { bearerOf, type Double, DoubleFault, type DoubleRequest, fieldsOf, startDouble } from '../double'

export interface GitHubOptions {
  appId: number
  slug: string
  /** PEM. */
  publicKey: string
  installation: {
    id: number
    kind: 'orgs' | 'users'
    owner: string
    repositories: string[]
    permissions: Record<string, string>
  }
  /** Of every path, as on GitHub Enterprise Server. */
  prefix?: string
}

export function startGitHub(options: GitHubOptions): Promise<Double> {
  const key = createPublicKey(options.publicKey)
  const { installation, prefix = '' } = options
  return startDouble(async (request) => {
    await verifyApp(request, key, options)
    const route = `${request.method} ${request.path.slice(prefix.length)}`
    if (route === 'GET /app') return { status: 200, body: { id: options.appId, slug: options.slug } }
    if (route === `GET /${installation.kind}/${installation.owner}/installation`) {
      return { status: 200, body: { id: installation.id, account: { login: installation.owner } } }
    }
    if (route === `POST /app/installations/${installation.id}/access_tokens`) return grant(request, options)
    throw failed(404, 'Not Found')
  })
}

async function verifyApp(request: DoubleRequest, key: KeyObject, { appId }: GitHubOptions): Promise<void> {
  const verified = await jwtVerify(bearerOf(request) ?? '', key, {
    algorithms: ['RS256'],
    issuer: String(appId),
    requiredClaims: ['iat', 'exp'],
  }).catch(() => undefined)
  const { exp = 0, iat = 0 } = verified?.payload ?? {}
  if (!verified) throw failed(401, 'A JSON web token could not be decoded')
  if (iat > Date.now() / 1000) throw failed(401, "'Issued at' claim ('iat') must be an Integer in the past")
  if (exp - Date.now() / 1000 > 600)
    throw failed(401, "'Expiration time' claim ('exp') is too far in the future")
}

function grant(request: DoubleRequest, { installation }: GitHubOptions) {
  const { repositories = [], permissions = {} } = fieldsOf(request)
  const asked = Array.isArray(repositories) ? repositories : []
  if (asked.some((name) => !installation.repositories.includes(name))) {
    throw failed(422, 'There is at least one repository that does not exist or is not accessible')
  }
  const beyond = Object.entries(permissions ?? {}).some(([name, level]) => {
    const given = installation.permissions[name]
    return given === undefined || (given === 'read' && level !== 'read')
  })
  if (beyond) throw failed(422, 'The permissions requested are not granted to this installation.')
  const expires_at = new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+Z$/, 'Z')
  return { status: 201, body: { token: `ghs_${randomUUID()}`, expires_at, permissions } }
}

function failed(status: number, message: string): DoubleFault {
  return new DoubleFault({ status, body: { message, documentation_url: 'https://docs.github.com/rest' } })
}
