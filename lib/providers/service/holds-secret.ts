import { Annotated, type ExternalValue, JsonNumber } from '@/lib/language'

/** Whether any part of a value is marked secret. */
export function holdsSecret(value: ExternalValue): boolean {
  if (value instanceof Annotated) return value.secret || holdsSecret(value.value)
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return false
  return Object.values(value).some(holdsSecret)
}
