/**
 * Mutants that no test can notice, each with what decides the same beside it. The conditions stay: the tenant is in every
 * query (P5), so that the next change of what stands beside them opens nothing. Reviewed by hand, one by one; a line that
 * names no mutant any more fails the run.
 */
const equivalents: Record<string, readonly string[]> = {
  'its row was found under its organization in the same request, and its id finds no other': [
    'lib/approvals/change-requests.ts update: organizationId',
    'lib/approvals/decide.ts unapproveChangeRequest: organizationId',
    'lib/approvals/gates.ts updateGate: organizationId',
    'lib/approvals/gates.ts deleteGate: organizationId: environment.organizationId',
    'lib/approvals/gates.ts gateChanged: organizationId (2)',
    'lib/environments/delete.ts deleteEnvironment: organizationId: environment.organizationId',
    'lib/environments/environment-tags.ts changeTag: organizationId: environment.organizationId',
    `lib/environments/lock.ts lockEnvironment: "organizationId" = \${environment.organizationId}`,
    'lib/environments/open-session.ts closeOpenSession: organizationId',
    'lib/environments/retract.ts retractRevision: organizationId: environment.organizationId',
    'lib/environments/save.ts addRevision: organizationId',
    'lib/environments/settings.ts updateSettings: organizationId: environment.organizationId',
    'lib/environments/settings.ts transferOwnership: organizationId: environment.organizationId',
    'lib/organizations/environment-access.ts removeGrant: organizationId',
    'lib/organizations/teams.ts deleteTeam: organizationId: row.organizationId',
    'lib/rotation/journal.ts orphanSteps: organizationId: rotation.organizationId',
    'lib/rotation/schedules.ts updateSchedule: organizationId: environment.organizationId',
    'lib/rotation/schedules.ts pauseSchedule: organizationId: environment.organizationId',
    'lib/rotation/schedules.ts deleteSchedule: organizationId: environment.organizationId',
    'lib/rotation/under-way.ts endInterrupted: organizationId (2)',
    'lib/rotation/under-way.ts keepLease: organizationId',
    `lib/rotation/under-way.ts requireUnderWay: "organizationId" = \${organizationId}`,
    'lib/rotation/write-back.ts endRotation: organizationId: rotation.organizationId',
    'lib/webhooks/signing-secrets.ts replaceSecret: organizationId',
    'lib/webhooks/webhooks.ts change: organizationId',
    'lib/webhooks/webhooks.ts deleteWebhook: organizationId',
  ],
  'what its rows hang on was found under its organization, and nothing writes them with another': [
    'lib/access/held-token.ts heldTokens: m."organizationId" = t."organizationId"',
    'lib/approvals/approvers.ts nameApprovers: organizationId',
    'lib/approvals/approvers.ts loadCandidate: organizationId',
    'lib/approvals/drafts.ts findDraft: organizationId: environment.organizationId',
    'lib/approvals/drafts.ts findVersion: organizationId: environment.organizationId',
    "lib/approvals/gates.ts findGate: organizationId: standing?.organization.id ?? ''",
    'lib/approvals/gates.ts gateChanged: organizationId',
    'lib/approvals/open-requests.ts closedEnvironments: organizationId: organization.id',
    'lib/approvals/open-requests.ts findOpen: organizationId: environment.organizationId',
    'lib/approvals/state.ts approvalState: organizationId',
    'lib/approvals/timeline.ts listRequestEvents: organizationId: request.organizationId',
    'lib/environments/clone.ts copyRevisions: organizationId: source.organizationId',
    'lib/environments/read.ts contentWithSummary: organizationId: environment.organizationId',
    'lib/environments/retract.ts nearestEarlier: organizationId: environment.organizationId',
    'lib/environments/revision.ts taggedRevision: tag.organizationId !== environment.organizationId',
    'lib/environments/revision.ts loadRevision: organizationId: environment.organizationId',
    'lib/environments/revisions.ts listRevisions: organizationId: environment.organizationId',
    'lib/environments/tag-rules.ts requireTaggable: organizationId',
    'lib/organizations/environment-access.ts listGrants: organizationId',
    'lib/organizations/explain.ts explainImports: organizationId: organization.id',
    'lib/organizations/role-holders.ts roleHolders: organizationId',
    'lib/organizations/role-holders.ts roleHolders: organizationId (2)',
    'lib/organizations/role-holders.ts roleHolders: organizationId (3)',
    'lib/organizations/team-grants.ts listTeamGrants: organizationId',
    'lib/organizations/team-grants.ts listTeamGrants: organizationId (2)',
    'lib/organizations/team-gifts.ts giftsOfTeam: organizationId: row.organizationId',
    'lib/organizations/team-gifts.ts openingsOfTeam: organizationId',
    'lib/organizations/teams.ts findTeamsById: organizationId',
    'lib/rotation/history.ts listRotations: organizationId: environment.organizationId',
    'lib/rotation/schedules.ts createSchedule: organizationId',
    'lib/rotation/schedules.ts listExecutions: organizationId: environment.organizationId',
    'lib/rotation/under-way.ts endInterrupted: organizationId',
  ],
  'the same was asked before the transaction; inside it is asked again for what changed in between': [
    "lib/approvals/drafts.ts writable: requireEnvironment(tx, actor, { ...reference, scope: 'environment:write' })",
    "lib/environments/create-defined.ts createAll: requireOrganization(tx, actor, { organization, scope: 'environment:create' })",
    'lib/environments/open.ts openDefinition: requireOrganization(tx, actor, question)',
    "lib/environments/save.ts write: requireEnvironment(tx, actor, { ...save, scope: 'environment:write' })",
  ],
  'who makes an environment owns it, and an owner may write': [
    "lib/environments/create-defined.ts createAll: requireEnvironment(tx, actor, { organization, project, name, scope: 'environment:write' })",
  ],
  'the keys of the organization opened a secret of each, and open nothing of another': [
    'lib/environments/check.ts recordDecryption: organizationId: organization.id',
  ],
  'permissionOn compares the organization of what was found': [
    'lib/environments/ciphertext.ts findSource: organizationId: organization.id',
  ],
  'the keys of the organization open nothing of another': [
    'lib/environments/decrypters.ts mayOpen: organizationId: organization.id',
  ],
  'loadStanding asks for membership of the same organization': [
    'lib/organizations/invitations.ts requireInviterStillMay: organizationId: row.organizationId',
  ],
  'the ids are those that referencesTo found in the organization': [
    'lib/environments/referrers.ts listReferrers: organizationId: environment.organizationId',
  ],
  'explain asks the same for each member, and there is always one': [
    "lib/organizations/who-has-access.ts whoHasAccess: requireEnvironment(database(), actor, { organization, project, name, scope: 'environment_access:read', })",
  ],
  'it only says where to look; what is consumed and chosen is of the entry’s organization': [
    'lib/webhooks/plan.ts webhookConsumer: organizationId: { in: [...organizationIds] }',
    `lib/webhooks/plan.ts changesOfImporters: u."organizationId" = \${organizationId}`,
  ],
  'without a membership, which names the organization, the statement answers no row': [
    'lib/access/standing-query.ts teams: m."organizationId" = o."id" (2)',
  ],
  'both ids come from one standing, and an environment stays in its organization': [
    'lib/access/standing-query.ts confirmationQuery: e."organizationId" = o."id"',
  ],
  'it is asked only for who was told that it is forbidden, and so sees it': [
    'lib/environments/open.ts refuseOpen: requireEnvironment(tx, actor, question)',
  ],
  'only people have sessions': [
    'app/(auth)/cli-login/page.tsx CliLoginPage: requirePerson(await requireActor())',
  ],
}

const reasons = new Map(
  Object.entries(equivalents).flatMap(([reason, ids]) => ids.map((id): [string, string] => [id, reason])),
)

export function equivalenceOf(id: string): string | undefined {
  return reasons.get(id)
}

/** Lines that are about no mutant. */
export function staleEquivalents(ids: readonly string[]): string[] {
  return [...reasons.keys()].filter((id) => !ids.includes(id))
}
