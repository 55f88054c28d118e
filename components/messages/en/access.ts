/** Words that the pages about people and power share. */
export const access = {
  changeNothing: 'You see this, but may not change it.',
  confirm: (word: string) => `Type ${word} to confirm`,
  copyLink: 'Copy link',
  done: 'Done',
  issuers: 'Issuers',
  levels: {
    none: 'none',
    read: 'read',
    open: 'open',
    write: 'write',
    admin: 'admin',
  },
  levelsMean: {
    none: 'invisible',
    read: 'definition and plain values',
    open: 'secrets and credentials',
    write: 'change the definition',
    admin: 'delete, settings and access',
  },
  members: 'Members',
  navigation: 'Access',
  roleNames: {
    admin: 'Admin',
    member: 'Member',
    billing_manager: 'Billing manager',
  },
  roles: 'Roles',
  teams: 'Teams',
  title: 'Access',
  tokens: 'Tokens',
}
