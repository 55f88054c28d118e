/**
 * What an open session holds, as bytes to be sealed. A number keeps its spelling: one that JavaScript would print
 * differently is written as `{"number": "1e+06"}`, which no value looks like, since members of values are objects.
 */
import { z } from 'zod'
import { type ExportedProperties, JsonNumber } from '@/lib/language'

/** A provider call that gave its values, without them. */
export interface OpenedCall {
  provider: string
  /** The environment whose definition has the call, and where in it. */
  environment: string
  path: string
  /** When the values stop being valid, as the provider said. */
  expiresAt?: string
}

export interface SessionContent {
  /** The name of the root in ranges. */
  name: string
  properties: ExportedProperties
  calls: OpenedCall[]
}

export function encodeContent(content: SessionContent): Buffer {
  return Buffer.from(
    JSON.stringify(content, function (this: unknown, key, value: unknown) {
      // `value` has been through `toJSON`; the holder still has the original.
      const original: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value
      return original instanceof JsonNumber ? { number: original.text } : value
    }),
  )
}

/** What was sealed for a session is what {@link encodeContent} wrote, so its outline is all that is asked. */
const contentShape = z.object({
  name: z.string(),
  properties: z.custom<ExportedProperties>((value) => typeof value === 'object' && value !== null),
  calls: z.array(
    z.object({
      provider: z.string(),
      environment: z.string(),
      path: z.string(),
      expiresAt: z.string().exactOptional(),
    }),
  ),
})

export function decodeContent(bytes: Buffer): SessionContent {
  const text = bytes.toString('utf8')
  const reviver = text.includes('{"number":"') ? reviveNumber : undefined
  return contentShape.parse(JSON.parse(text, reviver))
}

function reviveNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value
  return 'number' in value && typeof value.number === 'string' ? new JsonNumber(value.number) : value
}
