import type { OrganizationPlace } from './seal'

/** Where the sealed column of each table belongs; a rekey visits all of them. */
export function openSessionPlace(organizationId: string, id: string): OrganizationPlace {
  return { organizationId, kind: 'open-session', id, field: 'sealed' }
}

export function webhookPlace(organizationId: string, id: string): OrganizationPlace {
  return { organizationId, kind: 'webhook', id, field: 'sealedSecret' }
}

export function rotationStepPlace(organizationId: string, id: string): OrganizationPlace {
  return { organizationId, kind: 'rotation-step', id, field: 'sealed' }
}

export function issuerKeyPlace(id: string) {
  return { kind: 'issuer-key', id }
}
