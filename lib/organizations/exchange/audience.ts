/** Audiences that name an organization: the reference's form, which CI recipes use, and our own. */
const prefixes = ['urn:pulumi:org:', 'urn:openesc:org:']

/** @returns the organization's name as written; undefined for any other audience */
export function organizationOf(audience: string): string | undefined {
  const prefix = prefixes.find((prefix) => audience.startsWith(prefix))
  return prefix === undefined ? undefined : audience.slice(prefix.length)
}

/** Whether a token's `aud` names this organization, so that another's token is not taken (T05). */
export function namesOrganization(audience: unknown, organization: string): boolean {
  const all: unknown[] = Array.isArray(audience) ? audience : [audience]
  const key = organization.toLowerCase()
  return all.some((one) => typeof one === 'string' && organizationOf(one)?.toLowerCase() === key)
}
