/** Values as they go into an audit entry and its hash: one text for one meaning, whatever the order of keys. */
export type AuditValue =
  | string
  | number
  | boolean
  | null
  | AuditValue[]
  | { [key: string]: AuditValue | undefined }

/** PostgreSQL takes neither NUL nor lone surrogates; an entry must not fail because a name or header holds one. */
export function storableText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD')
}

/** The value as the database will return it. */
export function storable(value: AuditValue): AuditValue {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storable)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : [[storableText(key), storable(inner)] as const],
  )
  return Object.fromEntries(entries)
}

/** JSON with sorted keys and no spaces. Numbers as JavaScript prints them. */
export function canonicalJson(value: AuditValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const inner = value[key]
      return inner === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(inner)}`]
    })
  return `{${members.join(',')}}`
}
