import { record, type Schema, schema } from '@/lib/language'

const text: Schema = schema.string()

/** What `${context…}` holds, beside what the language adds (providers.md §6.4). */
export const contextSchema: Schema = record({
  currentEnvironment: record({ name: text }),
  rootEnvironment: record({ name: text }),
  pulumi: record({
    user: record({ login: text }),
    organization: record({ login: text }),
    token: record({ name: text, type: text, team: text }),
    openDuration: text,
  }),
})
