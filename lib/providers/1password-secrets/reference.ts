import type { ProviderFailure } from '../failure'
import { invalidInputs } from '../parse-inputs'

/** `op://vault/item/[section/]field[?attribute=…]`, each part a name or an id. */
export interface SecretReference {
  vault: string
  item: string
  section?: string
  field: string
  /** `otp` reads the one-time code of today in place of its seed. */
  attribute: 'value' | 'otp'
}

/**
 * @param key name of the entry in `get`, for the failure; the reference itself is not repeated
 * @throws ProviderFailure `InvalidInputs`
 */
export function parseReference(text: string, key: string): SecretReference {
  const [, path = '', query = ''] = /^op:\/\/([^?]*)(?:\?(.*))?$/.exec(text) ?? []
  const parts = path.split('/')
  const attribute = attributeOf(query)
  // A quote would end the name in the filters that Connect is asked with.
  const isWhole = parts.length >= 3 && parts.length <= 4 && parts.every((part) => /^[^"\\]+$/.test(part))
  if (!isWhole || attribute === undefined) throw malformed(key)
  const [vault = '', item = '', ...rest] = parts
  const [section, field] = rest.length === 2 ? rest : [undefined, rest[0]]
  if (field === undefined) throw malformed(key)
  return { vault, item, field, attribute, ...(section !== undefined && { section }) }
}

function attributeOf(query: string): SecretReference['attribute'] | undefined {
  if (query === '' || query === 'attribute=value') return 'value'
  return query === 'attribute=otp' ? 'otp' : undefined
}

function malformed(key: string): ProviderFailure {
  return invalidInputs(
    '1password-secrets',
    `get.${key}.ref is not a secret reference that can be read`,
    'Write op://vault/item/field or op://vault/item/section/field, optionally with ?attribute=otp.',
  )
}
