/** The words of the table of expectations, and what each means for everybody who asks. */
import { sharedTokens, type Who, withoutCredential } from './principals'

/**
 * `reader`, `opener`, `editor`, `keeper`: who has at least this level on the environment; who has less sees it or not.
 * `member`: everybody of the organization but its teams' tokens. `insider`: everybody with any part in it. `admin`:
 * administrators of the organization. `person`: whoever is signed in as a person, wherever they are member. `caller`:
 * whoever has a valid credential. `everybody`: the world. `holder of a secret`: decided by what the request carries,
 * which the tests of sign-in, set-up, invitations and exchange are about. `absent`: there is none yet to ask for.
 */
export type Audience =
  | 'reader'
  | 'opener'
  | 'editor'
  | 'keeper'
  | 'member'
  | 'insider'
  | 'admin'
  | 'person'
  | 'caller'
  | 'everybody'
  | 'holder of a secret'
  | 'absent'

/** How a refusal answers; `allowed` is any answer that is no refusal. */
export type Expected = 'allowed' | 401 | 403 | 404

/** Whom an operation is for, with those to whom it answers otherwise. */
export type Line = Audience | [Audience, Partial<Record<Who, Expected>>]

const ranks = ['reader', 'opener', 'editor', 'keeper', 'admin']

/** @param door of the console: there only sessions count, and tokens are nobody's */
export function expectedOf(line: Line, who: Who, { door }: { door: 'api' | 'console' }): Expected {
  const [audience, exceptions] = typeof line === 'string' ? [line, {}] : line
  if (audience === 'everybody' || audience === 'holder of a secret') return 'allowed'
  if (withoutCredential.has(who) || (door === 'console' && sharedTokens.has(who))) return 401
  return exceptions[who] ?? insideOf(audience, who)
}

function insideOf(audience: Audience, who: Who): Expected {
  switch (audience) {
    case 'absent':
      return 404
    case 'caller':
      return 'allowed'
    case 'person':
      return sharedTokens.has(who) ? 403 : 'allowed'
    case 'insider':
      return who === 'stranger' ? 404 : 'allowed'
    case 'member':
      return who === 'stranger' ? 404 : who === 'team token' ? 403 : 'allowed'
    case 'admin':
      return who === 'stranger' ? 404 : who === 'admin' ? 'allowed' : 403
    default:
      return onEnvironment(audience, who)
  }
}

/** The team may open. A mere member, as the organization's token is one, does not see the environment. */
function onEnvironment(audience: Audience, who: Who): Expected {
  const rank = ranks.indexOf(who === 'team token' ? 'opener' : who)
  if (rank === -1) return 404
  return rank >= ranks.indexOf(audience) ? 'allowed' : 403
}
