/** The renderer of Markdown that Monaco's hovers use; it ships without types. */
declare module 'monaco-editor/base/common/marked/marked.js' {
  export const marked: { parse(markdown: string): string }
}
