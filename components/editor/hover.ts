import type { Hover } from '@/lib/language/analysis'

/** The paragraphs of a hover, safe to hand to a renderer of Markdown: every mark in them is escaped. */
export function hoverParagraphs(hover: Pick<Hover, 'contents'>): string[] {
  return hover.contents.map(escapeMarkdown)
}

/** Backslash before every ASCII punctuation mark, which CommonMark defines to mean the mark itself. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
}
