export const organization = {
  create: 'Create organization',
  createBody: 'A shared organization; you become its administrator.',
  created: (name: string) => `Created ${name}`,
  defaultPermission: 'Default permission',
  defaultPermissionBody: 'What every member may do with every environment, whatever else they are given.',
  displayName: 'Display name',
  facts: ({ members, environments }: { members: number; environments: number }) =>
    [
      members === 1 ? '1 member' : `${members} members`,
      environments === 1 ? '1 environment' : `${environments} environments`,
    ].join(', '),
  general: 'General',
  identityTokens: 'Identity tokens of environments',
  identityTokensBody:
    'Whether definitions may ask for identity tokens for any audience, with fn::open::oidc. Whoever may open such an environment can act as it wherever those tokens are trusted.',
  identityTokensOff: 'not issued',
  identityTokensOn: 'issued',
  individual: 'This is your individual organization: it has one member and keeps its name.',
  maxTokenLifetime: 'Longest life of access tokens',
  maxTokenLifetimeBody: 'Tokens that live longer are refused here.',
  maxTokenLifetimeDays: (days: number) => `${days} days`,
  maxTokenLifetimeNone: 'any',
  name: 'Name',
  nameHint: 'Letters, digits, - and _',
  newName: 'New name',
  rename: 'Rename organization',
  renameBody:
    'The name is in every address, trust and token policy. What names the old one stops working at once.',
  renamed: (name: string) => `Renamed to ${name}`,
  save: 'Save settings',
  saved: 'The settings are saved.',
  title: 'Settings',
}
