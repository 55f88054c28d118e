import type { Definition } from '../ast/definition'
import type { Decrypter } from './crypter'

/** Answers import names. It alone interprets names, permissions and versions; the language treats names as text. */
export interface Loader {
  /**
   * @param name as written in the definition: `env`, `project/env`, `project/env@version`
   * @returns the environment, or a refusal whose message becomes the diagnostic. A rejected promise
   *   counts as a refusal with a neutral message.
   */
  load(name: string, request: LoadRequest): Promise<LoadResult> | LoadResult
}

export interface LoadRequest {
  /** The environment whose definition has the reference. */
  readonly from: string
  readonly signal: AbortSignal
}

export type LoadResult = LoadedEnvironment | LoadRefusal

export interface LoadedEnvironment {
  readonly name: string
  /** Source text, or a definition parsed earlier under the same name (cache by revision). */
  readonly definition: string | Definition
  readonly decrypter?: Decrypter
  readonly revision?: number
  /** A stable identity such as the environment's id: two names with one identity are still evaluated separately. */
  readonly identity?: string
  /** What the author of the reference should know, such as that something else stands in for what was asked for. */
  readonly warning?: string
}

export interface LoadRefusal {
  readonly refusal: { readonly code: string; readonly message: string }
}
