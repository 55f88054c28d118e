/**
 * Every scope there is, in one table that drives the server, the console and the documentation. The placement follows
 * console.md §10.1 and §10.2; where the reference is silent or contradicts itself the choice is ours and noted there.
 */
import type { Level } from './levels'

export interface EnvironmentScopeRule {
  /** The lowest level that includes the scope. */
  level: Exclude<Level, 'none'>
  description: string
}

export const environmentScopes = {
  'environment:list': { level: 'read', description: 'See that the environment exists' },
  'environment:read': {
    level: 'read',
    description: 'Read the definition and the values that are not secret',
  },
  'environment:rotate_history': { level: 'read', description: 'See when secrets were rotated' },
  'environment_version:read': { level: 'read', description: 'Read earlier revisions' },
  'environment_schedule:read': { level: 'read', description: 'See schedules' },
  'environment_tag:read': { level: 'read', description: 'See tags' },
  'environment_access:read': { level: 'read', description: 'See who has access' },
  'environment_settings:read': { level: 'read', description: 'See settings' },
  'environment:open': { level: 'open', description: 'Open: read secrets and obtain credentials' },
  'environment:clone': { level: 'open', description: 'Copy the environment' },
  'environment_version:open': { level: 'open', description: 'Open earlier revisions' },
  'environment:write': { level: 'write', description: 'Change the definition' },
  'environment:rotate': { level: 'write', description: 'Rotate secrets' },
  'environment_version:create': { level: 'write', description: 'Tag revisions' },
  'environment_version:update': { level: 'write', description: 'Move revision tags' },
  'environment_version:delete': { level: 'write', description: 'Remove revision tags' },
  'environment_version:retract': { level: 'write', description: 'Retract revisions' },
  'environment_tag:create': { level: 'write', description: 'Add tags' },
  'environment_tag:update': { level: 'write', description: 'Change tags' },
  'environment_tag:delete': { level: 'write', description: 'Remove tags' },
  'environment_schedule:create': { level: 'write', description: 'Add schedules' },
  'environment_schedule:update': { level: 'write', description: 'Change schedules' },
  'environment_schedule:delete': { level: 'write', description: 'Remove schedules' },
  'environment_schedule:pause': { level: 'write', description: 'Pause schedules' },
  'environment_schedule:resume': { level: 'write', description: 'Resume schedules' },
  'environment_webhook:create': { level: 'write', description: 'Add webhooks' },
  'environment_webhook:read': { level: 'write', description: 'See webhooks and deliveries' },
  'environment_webhook:update': { level: 'write', description: 'Change webhooks' },
  'environment_webhook:delete': { level: 'write', description: 'Remove webhooks' },
  'environment:delete': { level: 'admin', description: 'Delete the environment' },
  'environment_settings:update': {
    level: 'admin',
    description: 'Change settings, deletion protection among them',
  },
  'environment_access:update': { level: 'admin', description: 'Change who has access' },
  // A writer who may remove the gate that restrains writers is not restrained: admin, against the reference.
  'change_gate:create': { level: 'admin', description: 'Require approval' },
  'change_gate:update': { level: 'admin', description: 'Change what needs approval' },
  'change_gate:delete': { level: 'admin', description: 'Stop requiring approval' },
} as const satisfies Record<string, EnvironmentScopeRule>

export type EnvironmentScope = keyof typeof environmentScopes

/** The built-in organization roles; a custom role brings its own list of organization scopes. */
export type OrganizationRole = 'admin' | 'member' | 'billing_manager'

export interface OrganizationScopeRule {
  /** Roles that hold the scope besides `admin`, which holds every one. */
  roles: readonly Exclude<OrganizationRole, 'admin'>[]
  description: string
}

const anyRole = ['member', 'billing_manager'] as const
const members = ['member'] as const
const billing = ['billing_manager'] as const
const adminOnly = [] as const

export const organizationScopes = {
  'organization:read': { roles: anyRole, description: 'See the organization' },
  'organization:update': { roles: adminOnly, description: 'Change settings of the organization' },
  'organization:rename': { roles: adminOnly, description: 'Rename the organization' },
  'organization:delete': { roles: adminOnly, description: 'Delete the organization' },
  'organization:billing': { roles: billing, description: 'Manage billing' },
  'organization:read_usage': { roles: billing, description: 'See usage' },
  'environment:create': { roles: members, description: 'Create environments' },
  'environment:list_deleted': { roles: members, description: 'See deleted environments' },
  'environment:restore_deleted': { roles: adminOnly, description: 'Restore deleted environments' },
  'environment_tags:list': { roles: members, description: 'List tags across environments' },
  'environment_yaml:open': { roles: members, description: 'Open a definition that is not stored' },
  'audit_logs:read': { roles: adminOnly, description: 'Read the audit log' },
  'audit_logs:export': { roles: adminOnly, description: 'Export the audit log' },
  'auth_policies:read': { roles: adminOnly, description: 'See token exchange policies' },
  'auth_policies:update': { roles: adminOnly, description: 'Change token exchange policies' },
  'oidc_issuers:create': { roles: adminOnly, description: 'Register issuers' },
  'oidc_issuers:read': { roles: adminOnly, description: 'See issuers' },
  'oidc_issuers:update': { roles: adminOnly, description: 'Change issuers' },
  'oidc_issuers:delete': { roles: adminOnly, description: 'Remove issuers' },
  'oidc_issuers:regenerate_thumbprints': { roles: adminOnly, description: 'Renew thumbprints of issuers' },
  'org_member:read': { roles: anyRole, description: 'See members' },
  'org_member:add': { roles: adminOnly, description: 'Add members' },
  'org_member:update': { roles: adminOnly, description: 'Change roles of members' },
  'org_member:delete': { roles: adminOnly, description: 'Remove members' },
  'org_member:set_admin': { roles: adminOnly, description: 'Make members administrators' },
  'org_member_access:read': { roles: adminOnly, description: 'See what a member may do' },
  'org_requests:read': { roles: members, description: 'See requests for access' },
  'org_requests:update': { roles: adminOnly, description: 'Decide requests for access' },
  'invites:create': { roles: adminOnly, description: 'Invite people' },
  'invites:read': { roles: adminOnly, description: 'See invitations' },
  'org_token:create': { roles: adminOnly, description: 'Create organization tokens' },
  'org_token:read': { roles: adminOnly, description: 'See organization tokens' },
  'org_token:delete': { roles: adminOnly, description: 'Revoke organization tokens' },
  'organization_webhook:create': { roles: adminOnly, description: 'Add organization webhooks' },
  'organization_webhook:read': { roles: adminOnly, description: 'See organization webhooks' },
  'organization_webhook:update': { roles: adminOnly, description: 'Change organization webhooks' },
  'organization_webhook:delete': { roles: adminOnly, description: 'Remove organization webhooks' },
  'role:create': { roles: adminOnly, description: 'Create roles' },
  'role:read': { roles: members, description: 'See roles' },
  'role:update': { roles: adminOnly, description: 'Change roles' },
  'role:delete': { roles: adminOnly, description: 'Delete roles' },
  'team:create': { roles: adminOnly, description: 'Create teams' },
  'team:read': { roles: members, description: 'See a team' },
  'team:list': { roles: members, description: 'List teams' },
  'team:update': { roles: adminOnly, description: 'Change teams and their access' },
  'team:delete': { roles: adminOnly, description: 'Delete teams' },
  'team:create_token': { roles: adminOnly, description: 'Create team tokens' },
  'team:list_tokens': { roles: adminOnly, description: 'See team tokens' },
  'team:delete_token': { roles: adminOnly, description: 'Revoke team tokens' },
} as const satisfies Record<string, OrganizationScopeRule>

export type OrganizationScope = keyof typeof organizationScopes

export type Scope = EnvironmentScope | OrganizationScope

export function isEnvironmentScope(scope: string): scope is EnvironmentScope {
  return Object.hasOwn(environmentScopes, scope)
}

export function isOrganizationScope(scope: string): scope is OrganizationScope {
  return Object.hasOwn(organizationScopes, scope)
}

/** Whether a built-in role holds an organization scope. */
export function roleHolds(role: OrganizationRole, scope: OrganizationScope): boolean {
  if (role === 'admin') return true
  const rule: OrganizationScopeRule = organizationScopes[scope]
  return rule.roles.includes(role)
}
