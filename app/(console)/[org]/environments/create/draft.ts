/** What a person has filled in to create environments, and what will be created from it. Pure. */
import type { FileContent, FileValue } from '@/lib/language/convert'
import { cloudDefinition } from './cloud-definition'
import { stageDefinitions } from './stages'

export const starts = ['example', 'aws', 'azure', 'gcp', 'stages', 'file'] as const

export type Start = (typeof starts)[number]

export const clouds = ['aws', 'azure', 'gcp'] as const

export type Cloud = (typeof clouds)[number]

/** Fields of the cloud forms by their name in the provider's schema. */
export type CloudFields = Readonly<Record<string, string>>

export interface Draft {
  start: Start
  project: string
  name: string
  cloud: CloudFields
  file: { name: string; content: FileContent; secrets: ReadonlySet<FileValue> } | undefined
}

export interface NewDefinition {
  project: string
  name: string
  definition: string
}

/** The definitions that will be saved; undefined when something is missing; empty where the editor comes first. */
export function definitionsOf(draft: Draft): NewDefinition[] | undefined {
  const { start, project, name, file } = draft
  switch (start) {
    case 'example':
      return []
    case 'stages':
      return stageDefinitions(project, name)
    case 'file':
      return file && [{ project, name, definition: file.content.define(file.secrets) }]
    default: {
      if (needsNothingYet(draft)) return []
      const definition = cloudDefinition(start, draft.cloud)
      return definition === undefined ? undefined : [{ project, name, definition }]
    }
  }
}

/** Without an account the definition keeps its placeholders, and the editor opens with it unsaved. */
function needsNothingYet({ start, cloud }: Draft): boolean {
  return start === 'aws' && (cloud.accountId ?? '') === ''
}

/** The placeholder text that the editor opens with, by its name in the URL; absent where nothing is left to say. */
export function templateOf({ start }: Draft): string | undefined {
  return start === 'aws' ? 'aws-login' : undefined
}
