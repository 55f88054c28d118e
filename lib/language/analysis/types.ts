import type { EditDiagnostic } from '../edit/diagnostic'
import type { SealedSecret } from '../edit/sealed'
import type { Span, Splice, TextRange } from '../edit/source'
import type { EvaluatedEnvironment } from '../eval/evaluation'
import type { Schema } from '../schema/schema'
import type { PropertyPath } from '../syntax/path'
import type { JsonObject } from '../text/json'

/**
 * What the service knows beside the text. All of it is plain data, so that it can be sent to a worker. Creating a
 * service costs nothing: make a new one when something here changes.
 */
export interface LanguageContext {
  /** What `fn::open` and `fn::rotate` can call. */
  readonly providers: readonly ProviderInfo[]
  /** The environments of the organization that the person may see. */
  readonly environments: readonly EnvironmentInfo[]
  /** Name of the environment being edited (`project/env`): never offered as its own import. */
  readonly environment?: string
  /** The result of the last check, for types, origins and imported keys; it may be older than the text. */
  readonly evaluation?: Omit<EvaluatedEnvironment, 'exprs'>
  /** Document paths of sealed secrets that the last check found to be of another environment. */
  readonly foreignSecrets?: readonly string[]
}

export interface ProviderInfo {
  readonly name: string
  readonly kind: 'provider' | 'rotator'
  readonly description?: string
  /** Address of a page about it. */
  readonly documentation?: string
  readonly inputs: Schema
  readonly outputs: Schema
  /** Rotators only. */
  readonly state?: Schema
}

export interface EnvironmentInfo {
  /** As written in `imports`, e.g. `project/env`. */
  readonly name: string
  readonly description?: string
  /** Revision tags and numbers that can follow the name after `@`. */
  readonly versions?: readonly string[]
}

export type CompletionKind =
  | 'key'
  | 'function'
  | 'provider'
  | 'property'
  | 'value'
  | 'environment'
  | 'reference'

export interface CompletionItem {
  readonly label: string
  readonly kind: CompletionKind
  /** Replaces `range`. Plain text: `$` and braces stand for themselves. */
  readonly insertText: string
  /** Where the cursor belongs within `insertText`, when not at its end. */
  readonly caret?: number
  readonly range: TextRange
  /** A few words beside the label, such as the type. */
  readonly detail?: string
  /** Plain text. */
  readonly description?: string
  readonly required?: true
  readonly deprecated?: true
  /** Order of the list: ascending. */
  readonly sortText: string
  /** Whether suggestions should be asked for again once it is inserted. */
  readonly again?: true
}

/** What is known of the thing under the cursor. All texts are plain: an editor must not read them as markup. */
export interface Hover {
  readonly range: TextRange
  /** What it is: a function, a provider, a path. */
  readonly title?: string
  /** Type in words, such as `string` or `object (2 properties)`. */
  readonly type?: string
  /** Environments that made the value and those it overrode, the winner first. */
  readonly origin?: readonly Origin[]
  readonly secret?: true
  readonly unknown?: true
  /** The value as text; never present for a secret. */
  readonly value?: string
  readonly description?: string
  readonly documentation?: string
  readonly deprecated?: true
  /** All of the above as paragraphs, for editors that show only text. */
  readonly contents: readonly string[]
}

export interface Origin {
  readonly environment: string
  /** Absent when the place is not known. */
  readonly line?: number
  readonly column?: number
}

/** A place in this text or in another environment. */
export interface Location {
  /** Absent: the text itself. */
  readonly environment?: string
  /** The place in the text itself. */
  readonly range?: TextRange
  /** The place in the other environment, lines and columns from 1; absent: its beginning. */
  readonly position?: { readonly line: number; readonly column: number }
}

export interface DocumentSymbol {
  readonly name: string
  readonly kind:
    | 'object'
    | 'array'
    | 'string'
    | 'number'
    | 'boolean'
    | 'null'
    | 'function'
    | 'reference'
    | 'import'
  /** The whole entry. */
  readonly range: TextRange
  /** The key. */
  readonly selection: TextRange
  readonly children: readonly DocumentSymbol[]
}

export interface CodeAction {
  readonly id:
    | 'encrypt-selection'
    | 'add-missing-input'
    | 'extract-to-import'
    | 'set-duration'
    | 'decrypt-here'
    | 'reseal-here'
  readonly title: string
  /** Empty where a server has to be asked first. */
  readonly edits: readonly TextEdit[]
  /** A definition to create beside the edit; its name is for the person to choose. */
  readonly newEnvironment?: NewEnvironment
  /** The secret that a server has to open or to seal anew. */
  readonly secret?: SealedSecret
}

export interface NewEnvironment {
  readonly text: string
  readonly suggestedName: string
  /** What moves there. */
  readonly paths: readonly PropertyPath[]
}

export interface TextEdit {
  readonly range: TextRange
  readonly text: string
}

export type RenameResult =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** The language service of one context. Every function takes any text, however broken, and never throws. */
export interface LanguageService {
  complete(text: string, offset: number): readonly CompletionItem[]
  hover(text: string, offset: number): Hover | undefined
  definitionAt(text: string, offset: number): Location | undefined
  renameKey(text: string, offset: number, name: string): RenameResult
  documentSymbols(text: string): readonly DocumentSymbol[]
  codeActions(text: string, selection: Span): readonly CodeAction[]
  /** How many environments a text imports. */
  countImports(text: string): number
  /** Syntax and shape, without evaluation. */
  quickDiagnostics(text: string): readonly EditDiagnostic[]
  /** JSON Schema of a definition in this context, for editors that know only that. */
  jsonSchemaOfDefinition(): JsonObject
}

export type { EditDiagnostic, Span, Splice, TextRange }
