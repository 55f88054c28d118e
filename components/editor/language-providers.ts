/** Joins Monaco to the language service: both run in this browser, no request is made. */
import type { editor, IRange, languages, Position } from 'monaco-editor/editor/editor.api.js'
import type {
  CodeAction,
  CompletionItem,
  CompletionKind,
  Hover,
  LanguageService,
  TextEdit,
} from '@/lib/language/analysis'
import { languageId } from './definition-language'
import { hoverParagraphs } from './hover'
import type { Monaco } from './monaco'

/** What the providers know about the text of one model. */
export interface ModelContext {
  service: LanguageService
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

/** A colon is no trigger: after `key:` the Enter that starts the next line must not accept a suggestion. */
const triggers = ['$', '{', '.', '@', '/', '-', ' ']

export function registerLanguageProviders(monaco: Monaco): void {
  monaco.languages.registerCompletionItemProvider(languageId, {
    triggerCharacters: triggers,
    provideCompletionItems: (model, position) => ({ suggestions: suggestionsAt(monaco, model, position) }),
  })
  monaco.languages.registerHoverProvider(languageId, {
    provideHover: (model, position) => {
      const hover = contexts.get(model)?.service.hover(model.getValue(), model.getOffsetAt(position))
      return hover ? hoverCard(hover) : undefined
    },
  })
  monaco.languages.registerDocumentSymbolProvider(languageId, {
    provideDocumentSymbols: (model) =>
      (contexts.get(model)?.service.documentSymbols(model.getValue()) ?? []).map((symbol) =>
        outline(monaco, symbol),
      ),
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
    provideCodeActions: (model, range) => ({ actions: actionsAt(model, range), dispose: () => {} }),
  })
}

/** F12 within the text; other environments are opened by the editor's own action (go-to-definition.ts). */
function definitionIn(model: editor.ITextModel, position: Position): languages.Location | undefined {
  const found = contexts.get(model)?.service.definitionAt(model.getValue(), model.getOffsetAt(position))
  return found?.range ? { uri: model.uri, range: rangeOf(found.range) } : undefined
}

function renameAt(model: editor.ITextModel, position: Position, name: string): RenameEdits {
  const service = contexts.get(model)?.service
  const result = service?.renameKey(model.getValue(), model.getOffsetAt(position), name)
  if (!result?.ok) return { edits: [], rejectReason: result?.message ?? '' }
  return { edits: result.edits.map((edit) => workspaceEdit(model, edit)) }
}

type RenameEdits = languages.WorkspaceEdit & languages.Rejection

function workspaceEdit(model: editor.ITextModel, edit: TextEdit): languages.IWorkspaceTextEdit {
  return { resource: model.uri, versionId: model.getVersionId(), textEdit: textEdit(edit) }
}

function suggestionsAt(
  monaco: Monaco,
  model: editor.ITextModel,
  position: Position,
): languages.CompletionItem[] {
  const items = contexts.get(model)?.service.complete(model.getValue(), model.getOffsetAt(position)) ?? []
  return items.map((item) => suggestion(monaco, item))
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

function outline(
  monaco: Monaco,
  symbol: ReturnType<LanguageService['documentSymbols']>[number],
): languages.DocumentSymbol {
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

function actionsAt(model: editor.ITextModel, range: IRange): languages.CodeAction[] {
  const start = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn })
  const end = model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn })
  const actions = contexts.get(model)?.service.codeActions(model.getValue(), [start, end]) ?? []
  return actions.map((action) => ({ title: action.title, kind: 'quickfix', ...effectOf(model, action) }))
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
