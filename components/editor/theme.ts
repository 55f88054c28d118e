/** Monaco's themes, made from the same variables as the rest of the page (components/ui/tokens.css). */
import type { Monaco } from './monaco'

export const themeName = 'console'

/** Defines and applies the theme for the variables that hold on `<html>` now. Call again when they change. */
export function applyTheme(monaco: Monaco, { dark }: { dark: boolean }): void {
  const color = tokenReader()
  monaco.editor.defineTheme(themeName, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      { token: '', foreground: bare(color('--fg')) },
      { token: 'comment', foreground: bare(color('--fg-muted')), fontStyle: 'italic' },
      { token: 'key', foreground: bare(color('--fg')) },
      { token: 'function', foreground: bare(color('--secret')) },
      { token: 'reference', foreground: bare(color('--accent')) },
      { token: 'string', foreground: bare(color('--syntax-string')) },
      { token: 'number', foreground: bare(color('--syntax-number')) },
      // Ciphertext is there to be kept, not read.
      { token: 'sealed', foreground: bare(color('--fg-muted')) },
      { token: 'operator', foreground: bare(color('--fg-muted')) },
    ],
    colors: editorColors(color),
  })
  monaco.editor.setTheme(themeName)
}

type ReadToken = (name: string) => string

function tokenReader(): ReadToken {
  const style = getComputedStyle(document.documentElement)
  return (name) => longHex(style.getPropertyValue(name).trim())
}

/** `#fff`, as a minified style sheet has it, in the six digits that Monaco wants. */
function longHex(color: string): string {
  return /^#[0-9a-f]{3}$/i.test(color) ? color.replace(/[0-9a-f]/gi, '$&$&') : color
}

function editorColors(color: ReadToken): Record<string, string> {
  const surface = {
    'editor.background': color('--bg'),
    'editorGutter.background': color('--bg'),
    'editorStickyScroll.background': color('--bg'),
    'editorWidget.background': color('--bg-raised'),
    'editorHoverWidget.background': color('--bg'),
    'editorSuggestWidget.background': color('--bg'),
    'input.background': color('--bg'),
    'quickInput.background': color('--bg'),
    'menu.background': color('--bg'),
  }
  const lines = {
    'editorWidget.border': color('--border'),
    'editorHoverWidget.border': color('--border'),
    'editorSuggestWidget.border': color('--border'),
    'editorIndentGuide.background1': color('--border'),
    'editorIndentGuide.activeBackground1': color('--border-strong'),
    'editor.lineHighlightBorder': '#00000000',
    'editorOverviewRuler.border': '#00000000',
    'editorOverviewRuler.errorForeground': `${color('--error')}66`,
    'editorOverviewRuler.warningForeground': `${color('--warning')}66`,
    'menu.border': color('--border'),
    focusBorder: color('--accent'),
  }
  const marks = {
    'editor.lineHighlightBackground': color('--bg-raised'),
    'editor.selectionBackground': `${color('--accent')}33`,
    'editor.wordHighlightBackground': `${color('--accent')}20`,
    'editor.findMatchBackground': `${color('--warning')}66`,
    'editor.findMatchHighlightBackground': `${color('--warning')}33`,
    'editorBracketMatch.background': color('--bg-hover'),
    'editorBracketMatch.border': color('--border-strong'),
    'diffEditor.insertedLineBackground': `${color('--ok')}0d`,
    'diffEditor.insertedTextBackground': `${color('--ok')}1f`,
    'diffEditor.removedLineBackground': `${color('--error')}0d`,
    'diffEditor.removedTextBackground': `${color('--error')}1f`,
    'editorError.foreground': color('--error'),
    'editorWarning.foreground': color('--warning'),
    'editorInfo.foreground': color('--accent'),
    'editorSuggestWidget.selectedBackground': color('--bg-selected'),
    'list.hoverBackground': color('--bg-hover'),
    'list.activeSelectionBackground': color('--bg-selected'),
    'list.focusBackground': color('--bg-selected'),
    'menu.selectionBackground': color('--bg-hover'),
    'scrollbarSlider.background': `${color('--border-strong')}55`,
    'scrollbarSlider.hoverBackground': `${color('--border-strong')}88`,
    'scrollbarSlider.activeBackground': `${color('--border-strong')}aa`,
  }
  return { ...surface, ...lines, ...marks, ...textColors(color) }
}

function textColors(color: ReadToken): Record<string, string> {
  return {
    foreground: color('--fg'),
    'editor.foreground': color('--fg'),
    'editorCursor.foreground': color('--fg'),
    'editorLineNumber.foreground': color('--fg-muted'),
    'editorLineNumber.activeForeground': color('--fg'),
    'editorWidget.foreground': color('--fg'),
    'editorHoverWidget.foreground': color('--fg'),
    'editorSuggestWidget.foreground': color('--fg'),
    'editorSuggestWidget.highlightForeground': color('--accent'),
    'editorSuggestWidget.focusHighlightForeground': color('--accent'),
    'editorSuggestWidget.selectedForeground': color('--fg'),
    'editorGhostText.foreground': color('--fg-muted'),
    'editorCodeLens.foreground': color('--fg-muted'),
    'input.foreground': color('--fg'),
    'input.placeholderForeground': color('--fg-muted'),
    'menu.foreground': color('--fg'),
    'textLink.foreground': color('--accent'),
    'list.highlightForeground': color('--accent'),
  }
}

/** Token rules take a colour without its `#`. */
function bare(hex: string): string {
  return hex.replace(/^#/, '')
}
