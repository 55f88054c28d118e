export const uses = {
  body: 'Environments that import this one or refer to it, by the version they ask for.',
  empty: 'Nothing uses this environment',
  emptyBody: 'Import it from another environment to share its values.',
  hidden: (count: number) =>
    count === 1 ? 'One more that you may not see.' : `${count} more that you may not see.`,
  revision: (revision: number) => `rev ${revision}`,
  title: 'Used by',
  version: (version: string) => (version === 'latest' ? 'latest, whatever it is' : `@${version}`),
}
