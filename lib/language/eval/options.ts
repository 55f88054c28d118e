import type { Definition } from '../ast/definition'
import type { Limits } from '../limits'
import type { Decrypter } from './crypter'
import type { Loader } from './environments'
import type { ExternalValue } from './external'
import type { Principal, ProviderRegistry } from './providers'

/** What every entry point takes. */
export interface EvaluationOptions {
  /** The environment's name as it shows in ranges, `project/env`; `<yaml>` for unsaved text. */
  readonly name: string
  /** Source text, or the definition of an earlier {@link parseDefinition} under the same name. */
  readonly definition: string | Definition
  readonly organization?: string
  readonly loader?: Loader
  readonly decrypter?: Decrypter
  readonly providers?: ProviderRegistry
  /** Values for `${context…}`; `currentEnvironment` and `rootEnvironment` are reserved. */
  readonly context?: { readonly [key: string]: ExternalValue }
  readonly principal?: Principal
  /** Seconds. */
  readonly openDuration?: number
  readonly revision?: number
  readonly signal?: AbortSignal
  readonly limits?: Partial<Limits>
}

export interface CheckOptions extends EvaluationOptions {
  /** Decrypt ciphertexts while checking, so that their values show. */
  readonly showSecrets?: boolean
}

export interface RotateOptions extends EvaluationOptions {
  /** Property paths relative to `values`; none = every rotation. */
  readonly paths?: readonly string[]
}
