/**
 * Who is asking, and by which credential. Made at the door (session cookie or `Authorization` header), passed to every
 * use case, written to every audit event.
 */
export type Principal =
  | { kind: 'person'; id: string; login: string; name: string }
  | { kind: 'team'; id: string; name: string; organizationId: string }
  | { kind: 'organization'; id: string; name: string; role: 'admin' | 'member' }
  /** Whoever runs the server: set-up, jobs, operator commands. */
  | { kind: 'operator' }

export type CredentialKind = 'session' | 'personal' | 'team' | 'organization' | 'schedule' | 'operator'

export interface Credential {
  kind: CredentialKind
  /** Row id of the web session, access token or schedule; never its value. */
  id: string
  /** Token name as its maker chose it, for audit and `context.pulumi.token.name`. */
  name: string
  /** Of tokens that an organization's trust gave: the only organization in which they are worth anything. */
  organizationId?: string
}

/** Whether it is an access token, and `id` the one of its row. */
export function isToken({ kind }: { kind: string }): boolean {
  return kind === 'personal' || kind === 'team' || kind === 'organization'
}

export interface Actor {
  principal: Principal
  credential: Credential
  /** Client address after trusted proxies; empty when there is none. */
  address: string
  requestId: string
}

export const operator: Actor = {
  principal: { kind: 'operator' },
  credential: { kind: 'operator', id: 'operator', name: 'operator' },
  address: '',
  requestId: '',
}
