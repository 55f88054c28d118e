import type { EditResult } from '@/lib/language/edit'

/** What every part of the table is given. */
export interface TableTools {
  definition: string
  /** Takes the text that an edit made. */
  onEdit: (next: string) => void
  readOnly: boolean
  /** Opens a sealed secret; undefined when that was refused, which has been said then. */
  onReveal: (ciphertext: string) => Promise<string | undefined>
  mayOpen: boolean
  /** Shows a line of the document. */
  onShow: (line: number) => void
}

/** Takes over what an edit made. @returns why there is nothing to take over */
export function takeEdit(result: EditResult, onEdit: (next: string) => void): string | undefined {
  if (!result.ok) return result.message
  if (result.splices.length > 0) onEdit(result.text)
  return undefined
}
