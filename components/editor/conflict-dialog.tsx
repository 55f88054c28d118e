'use client'

import { useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { LazyDiffEditor } from './lazy'

export interface ConflictDialogProps {
  theirs: { revision: number; definition: string }
  mine: string
  onCancel: () => void
  /** The person has seen both and chose this text to be saved on top of theirs. */
  onUseMine: (merged: string) => void
  onUseTheirs: () => void
}

/** Somebody saved meanwhile. Both texts, mine still editable, and no way to overwrite without having seen it. */
export function ConflictDialog({ theirs, mine, onCancel, onUseMine, onUseTheirs }: ConflictDialogProps) {
  const [merged, setMerged] = useState(mine)
  const theirsLabel = text.editor.conflictTheirs(theirs.revision)
  return (
    <Dialog
      open
      size="xl"
      onOpenChange={(open) => {
        if (!open) onCancel()
      }}
      title={text.editor.conflictTitle}
      description={text.editor.conflictBody(theirs.revision)}
    >
      <div className="mb-1 grid grid-cols-2 gap-4 text-xs text-muted">
        <span>{theirsLabel}</span>
        <span>{text.editor.conflictMine}</span>
      </div>
      <div className="h-[50vh] rounded border border-line">
        <LazyDiffEditor
          original={theirs.definition}
          modified={mine}
          onChange={setMerged}
          originalLabel={theirsLabel}
          modifiedLabel={text.editor.conflictMine}
        />
      </div>
      <DialogActions>
        <Button onClick={onCancel}>{text.editor.conflictKeepEditing}</Button>
        <Button look="danger" onClick={onUseTheirs}>
          {text.editor.conflictUseTheirs}
        </Button>
        <Button look="primary" onClick={() => onUseMine(merged)}>
          {text.editor.conflictUseMine(theirs.revision + 1)}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
