export const why = {
  collection: 'merged, key by key',
  here: 'this definition',
  line: (line: number) => `, line ${line}`,
  madeBy: 'Made by',
  open: (path: string) => `Why ${path}`,
  overridden: 'overridden',
  revision: (revision: number) => `@${revision}`,
  rule: 'Later imports win over earlier ones, and this definition wins over its imports.',
  title: 'Why this value',
  used: 'used',
}
