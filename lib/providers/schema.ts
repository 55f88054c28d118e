import * as z from 'zod'
import type { Schema } from '@/lib/language'
import { subjectAttributeNames } from '@/lib/oidc/subject'

/** A duration as definitions write it, for example `1h30m`; the empty string is refused (providers.md §1.4). */
export const duration = z
  .string()
  .regex(/^([0-9]+h)?([0-9]+m)?([0-9]+s)?$/)
  .min(2)
  .meta({ description: 'a duration such as 1h, 1h30m or 45s' })

/** What the subject of an identity token is made of, where a provider lets the definition choose (providers.md §6.2). */
export const subjectAttributes = z
  .array(z.enum(subjectAttributeNames))
  .optional()
  .meta({ description: 'claims that make up the subject, instead of the environment alone' })

/** What to read, by the name that it gets in the output; at least one. */
export function reads<Entry extends z.ZodType>(entry: Entry) {
  return z.record(z.string(), entry).meta({ minProperties: 1 })
}

/** Seconds of a duration that {@link duration} accepted. */
export function durationSeconds(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? []
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/**
 * The schema of the environment language for a zod type, so that both say the same by construction. A property with
 * `.meta({ rotateOnly: true })` is evaluated only while rotating; its object's schema then lists it.
 */
export function languageSchema(type: z.ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, {
    io: 'input',
    reused: 'inline',
    override: ({ jsonSchema }) => {
      // Every property name is a string; the language has no such keyword.
      delete jsonSchema.propertyNames
      acceptAnything(jsonSchema)
      if (jsonSchema.type === 'integer') asWholeNumber(jsonSchema)
      listRotateOnly(jsonSchema)
    },
  })
  return z.custom<Schema>().parse(schema)
}

/** The language does not look into `{}` or a reference; what may be anything is `true`. */
function acceptAnything(schema: z.core.JSONSchema.BaseSchema): void {
  const { additionalProperties, properties = {} } = schema
  if (isEmpty(additionalProperties)) schema.additionalProperties = true
  for (const [name, property] of Object.entries(properties)) if (isEmpty(property)) properties[name] = true
}

function isEmpty(schema: z.core.JSONSchema._JSONSchema | undefined): boolean {
  return typeof schema === 'object' && Object.keys(schema).length === 0
}

/** The language knows numbers only; zod's bounds for exact arithmetic say nothing to a person. */
function asWholeNumber(schema: z.core.JSONSchema.BaseSchema): void {
  schema.type = 'number'
  schema.multipleOf = 1
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}

function listRotateOnly(schema: z.core.JSONSchema.BaseSchema): void {
  const names: string[] = []
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property !== 'object' || property.rotateOnly !== true) continue
    delete property.rotateOnly
    names.push(name)
  }
  if (names.length > 0) schema.rotateOnly = names
}
