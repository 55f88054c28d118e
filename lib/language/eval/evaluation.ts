import type { Schema } from '../schema/schema'
import type { Diagnostic } from '../syntax/diagnostic'
import type { Range } from '../syntax/range'
import type { JsonNumber } from '../text/json'

/** What an entry point gives. */
export interface Evaluation {
  /** Absent when decoding failed or the definition has neither values nor imports (spec §15.4). */
  readonly environment: EvaluatedEnvironment | undefined
  /** Findings of loading and evaluating, in order of discovery (spec §16). */
  readonly diagnostics: readonly Diagnostic[]
  readonly calls: readonly ProviderCall[]
  /** Every environment that took part, the root first. */
  readonly environments: readonly ParticipatingEnvironment[]
}

export interface RotationEvaluation extends Evaluation {
  readonly rotations: readonly Rotation[]
}

/** The exported environment in its wire form (spec §15.4); empty members are absent. */
export interface EvaluatedEnvironment {
  readonly exprs?: { readonly [name: string]: ExportedExpr }
  readonly properties?: ExportedProperties
  readonly schema?: Schema
  readonly executionContext?: { readonly properties?: ExportedProperties; readonly schema?: Schema }
}

export interface ExportedProperties {
  readonly [name: string]: ExportedValue
}

/** Spec §15.2. `value` is absent for null and for unknown values. */
export interface ExportedValue {
  readonly value?: boolean | number | string | JsonNumber | readonly ExportedValue[] | ExportedProperties
  readonly secret?: true
  readonly unknown?: true
  readonly trace: { readonly def: ExportedRange; readonly base?: ExportedValue }
}

/** A range on the wire: without `environment` when that is empty. */
export type ExportedRange = Omit<Range, 'environment'> & { readonly environment?: string }

/** Spec §15.3. */
export interface ExportedExpr {
  readonly range: ExportedRange
  readonly schema?: Schema
  readonly base?: ExportedExpr
  readonly keyRanges?: { readonly [key: string]: ExportedRange }
  readonly literal?: boolean | number | string | JsonNumber
  readonly interpolate?: readonly { readonly text?: string; readonly value?: readonly ExportedAccessor[] }[]
  readonly symbol?: readonly ExportedAccessor[]
  readonly access?: {
    readonly receiver: ExportedRange
    readonly accessors: readonly { readonly key: string; readonly range: ExportedRange }[]
  }
  readonly list?: readonly ExportedExpr[]
  readonly object?: { readonly [key: string]: ExportedExpr }
  readonly builtin?: {
    readonly name: string
    readonly nameRange: ExportedRange
    readonly argSchema?: Schema
    readonly arg: ExportedExpr
  }
}

export type ExportedAccessor = ({ readonly key: string } | { readonly index: number | JsonNumber }) & {
  readonly range: ExportedRange
  readonly value: ExportedRange
}

/** One provider or rotator call of the evaluation. */
export interface ProviderCall {
  readonly kind: 'open' | 'rotate'
  readonly provider: string
  readonly environment: string
  /** Document path of the call. */
  readonly path: string
  readonly range: Range | undefined
  /** `skipped`: check, unknown or ill-typed inputs, or no such provider. */
  readonly status: 'opened' | 'failed' | 'skipped'
  readonly expiresAt?: Date
}

export interface ParticipatingEnvironment {
  readonly name: string
  readonly revision?: number
  readonly identity?: string
}

/** Spec §17. */
export interface Rotation {
  /** Document path of the call. */
  readonly path: string
  readonly status: 'succeeded' | 'failed' | 'not-evaluated'
  readonly diagnostics: readonly Diagnostic[]
  readonly patch?: RotationPatch
}

export interface RotationPatch {
  /** Property path of the new state in the document. */
  readonly path: string
  readonly replacement: ExportedValue
}
