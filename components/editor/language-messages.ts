/** What the page and the worker of the language tell each other. */
import type { PackedEvaluation } from '@/components/preview/wire'
import type { LanguageContext, LanguageService } from '@/lib/language/analysis'

/** Everything but the evaluation, which comes in its packed form. */
export type LanguageFacts = Omit<LanguageContext, 'evaluation'>

/** What the worker can be asked, each about a text. */
export type LanguageQuestions = Omit<LanguageService, 'jsonSchemaOfDefinition'>

export type Method = keyof LanguageQuestions

/** The arguments behind the text. */
export type Rest<M extends Method> =
  Parameters<LanguageQuestions[M]> extends [string, ...infer Others] ? Others : never

export type Answered<M extends Method> = ReturnType<LanguageQuestions[M]>

export interface LanguageRequest {
  id: number
  method: Method
  rest: readonly unknown[]
  /** What follows is sent only when it has changed since the last request. */
  text?: string
  facts?: LanguageFacts
  evaluation?: { packed: PackedEvaluation | undefined }
}

export interface LanguageAnswer {
  id: number
  result: unknown
}
