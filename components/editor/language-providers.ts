/** Joins Monaco to the language service, which runs in a worker of this browser: no request is made. */
import type { editor, IRange, languages, Position } from 'monaco-editor/editor/editor.api.js'
import type {
  CodeAction,
  CompletionItem,
  CompletionKind,
  DocumentSymbol,
  Hover,
  TextEdit,
} from '@/lib/language/analysis'
import { languageId } from './definition-language'
import { hoverParagraphs } from './hover'
import type { LanguageClient } from './language-client'
import type { Monaco } from './monaco'

/** What the providers know about the text of one model. */
export interface ModelContext {
  language: LanguageClient
  /** Opens another environment at a place; absent where there is nothing to go to. */
  openEnvironment?: (environment: string, position?: { line: number; column: number }) => void
  /** Does what takes more than edits of the text: asking a server, or the person for a name. */
  onAction?: (action: CodeAction) => void
}

const contexts = new WeakMap<editor.ITextModel, ModelContext>()

export function setModelContext(model: editor.ITextModel, context: ModelContext): void {
  contexts.set(model, context)
}

export function modelContext(model: editor.ITextModel): ModelContext | undefined {
  return contexts.get(model)
}

function languageOf(model: editor.ITextModel): LanguageClient | undefined {
  return contexts.get(model)?.language
}

/** A colon is no trigger: after `key:` the Enter that starts the next line must not accept a suggestion. */
const triggers = ['$', '{', '.', '@', '/', '-', ' ']

export function registerLanguageProviders(monaco: Monaco): void {
  monaco.languages.registerCompletionItemProvider(languageId, {
    triggerCharacters: triggers,
    provideCompletionItems: async (model, position) => ({
      suggestions: await suggestionsAt(monaco, model, position),
    }),
  })
  monaco.languages.registerHoverProvider(languageId, {
    provideHover: async (model, position) => {
      const hover = await languageOf(model)?.ask('hover', model.getValue(), model.getOffsetAt(position))
      return hover ? hoverCard(hover) : undefined
    },
  })
  monaco.languages.registerDocumentSymbolProvider(languageId, {
    provideDocumentSymbols: async (model) => {
      const symbols = await languageOf(model)?.ask('documentSymbols', model.getValue())
      return (symbols ?? []).map((symbol) => outline(monaco, symbol))
    },
  })
  monaco.languages.registerDefinitionProvider(languageId, {
    provideDefinition: (model, position) => definitionIn(model, position),
  })
  monaco.languages.registerRenameProvider(languageId, {
    provideRenameEdits: (model, position, name) => renameAt(model, position, name),
  })
  monaco.editor.registerCommand(runAction, (_, model: editor.ITextModel, action: CodeAction) =>
    contexts.get(model)?.onAction?.(action),
  )
  monaco.languages.registerCodeActionProvider(languageId, {
    provideCodeActions: async (model, range) => ({
      actions: await actionsAt(model, range),
      dispose: () => {},
    }),
  })
}

/** F12 within the text; other environments are opened by the editor's own action (go-to-definition.ts). */
async function definitionIn(
  model: editor.ITextModel,
  position: Position,
): Promise<languages.Location | undefined> {
  const found = await languageOf(model)?.ask('definitionAt', model.getValue(), model.getOffsetAt(position))
  return found?.range ? { uri: model.uri, range: rangeOf(found.range) } : undefined
}

async function renameAt(model: editor.ITextModel, position: Position, name: string): Promise<RenameEdits> {
  const language = languageOf(model)
  const result = await language?.ask('renameKey', model.getValue(), model.getOffsetAt(position), name)
  if (!result?.ok) return { edits: [], rejectReason: result?.message ?? '' }
  return { edits: result.edits.map((edit) => workspaceEdit(model, edit)) }
}

type RenameEdits = languages.WorkspaceEdit & languages.Rejection

function workspaceEdit(model: editor.ITextModel, edit: TextEdit): languages.IWorkspaceTextEdit {
  return { resource: model.uri, versionId: model.getVersionId(), textEdit: textEdit(edit) }
}

async function suggestionsAt(
  monaco: Monaco,
  model: editor.ITextModel,
  position: Position,
): Promise<languages.CompletionItem[]> {
  const items = await languageOf(model)?.ask('complete', model.getValue(), model.getOffsetAt(position))
  return (items ?? []).map((item) => suggestion(monaco, item))
}

function suggestion(monaco: Monaco, item: CompletionItem): languages.CompletionItem {
  const kinds = monaco.languages.CompletionItemKind
  const kindOf: Record<CompletionKind, languages.CompletionItemKind> = {
    key: kinds.Property,
    function: kinds.Function,
    provider: kinds.Module,
    property: kinds.Field,
    value: kinds.Value,
    environment: kinds.File,
    reference: kinds.Reference,
  }
  return {
    label: { label: item.label, ...(item.detail && { description: item.detail }) },
    kind: kindOf[item.kind],
    insertText: snippetText(item),
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
    range: rangeOf(item.range),
    sortText: item.sortText,
    ...(item.description && { documentation: item.description }),
    ...(item.deprecated && { tags: [monaco.languages.CompletionItemTag.Deprecated] }),
    ...(item.again && { command: { id: 'editor.action.triggerSuggest', title: '' } }),
  }
}

/** As a snippet, because only those can place the cursor; what is plain text in it must be escaped. */
function snippetText({ insertText, caret }: CompletionItem): string {
  if (caret === undefined) return escapeSnippet(insertText)
  return `${escapeSnippet(insertText.slice(0, caret))}$0${escapeSnippet(insertText.slice(caret))}`
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, String.raw`\$&`)
}

/** Paragraphs are shown as text: a definition is somebody's input and must not become markup (W05). */
function hoverCard(hover: Hover): languages.Hover {
  return {
    range: rangeOf(hover.range),
    contents: hoverParagraphs(hover).map((value) => ({ value, isTrusted: false, supportHtml: false })),
  }
}

function outline(monaco: Monaco, symbol: DocumentSymbol): languages.DocumentSymbol {
  const kinds = monaco.languages.SymbolKind
  const kindOf = {
    object: kinds.Object,
    array: kinds.Array,
    string: kinds.String,
    number: kinds.Number,
    boolean: kinds.Boolean,
    null: kinds.Null,
    function: kinds.Function,
    reference: kinds.Variable,
    import: kinds.File,
  }
  return {
    name: symbol.name,
    detail: '',
    kind: kindOf[symbol.kind],
    tags: [],
    range: rangeOf(symbol.range),
    selectionRange: rangeOf(symbol.selection),
    children: symbol.children.map((child) => outline(monaco, child)),
  }
}

async function actionsAt(model: editor.ITextModel, range: IRange): Promise<languages.CodeAction[]> {
  const start = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn })
  const end = model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn })
  const actions = await languageOf(model)?.ask('codeActions', model.getValue(), [start, end])
  return (actions ?? []).map((action) => ({
    title: action.title,
    kind: 'quickfix',
    ...effectOf(model, action),
  }))
}

const runAction = 'environment-definition.run-action'

function effectOf(
  model: editor.ITextModel,
  action: CodeAction,
): Pick<languages.CodeAction, 'edit' | 'command'> {
  const takesMore = action.newEnvironment !== undefined || action.secret !== undefined
  if (!takesMore) return { edit: { edits: action.edits.map((edit) => workspaceEdit(model, edit)) } }
  return { command: { id: runAction, title: action.title, arguments: [model, action] } }
}

function textEdit({ range, text }: TextEdit): languages.TextEdit {
  return { range: rangeOf(range), text }
}

export function rangeOf({ start, end }: TextEdit['range']): IRange {
  return {
    startLineNumber: start.line,
    startColumn: start.column,
    endLineNumber: end.line,
    endColumn: end.column,
  }
}
