import { renameKey } from '../edit/rename'
import { readOutline } from './outline'
import { spotAt } from './spot'
import { toTextEdits } from './text-edits'
import type { RenameResult } from './types'

/** Renames the key at an offset with its references; see `LanguageService.renameKey`. */
export function renameAt(text: string, offset: number, name: string): RenameResult {
  const spot = spotAt(readOutline(text).tree.roots[0], offset)
  if (spot?.role !== 'key') return { ok: false, code: 'edit.not-found', message: 'there is no key here' }
  const result = renameKey(text, spot.path, name)
  return result.ok ? { ok: true, edits: toTextEdits(text, result.splices) } : result
}
