import { SourceText, type Splice } from '../edit/source'
import type { TextEdit } from './types'

export function toTextEdits(text: string, splices: readonly Splice[]): TextEdit[] {
  const source = new SourceText(text)
  return splices.map((splice) => ({ range: source.range(splice.span), text: splice.text }))
}

/** One edit that turns a text into another: what differs between their common beginning and end. */
export function editBetween(before: string, after: string): TextEdit[] {
  if (before === after) return []
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let end = 0
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const text = after.slice(start, after.length - end)
  return toTextEdits(before, [{ span: [start, before.length - end], text }])
}
