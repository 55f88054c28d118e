import { DEFAULT_LIMITS } from '@/lib/language'

/** Bytes of a request body: the largest definition, and room for what JSON adds around one. */
export const largestBody = 2 * DEFAULT_LIMITS.definitionBytes
