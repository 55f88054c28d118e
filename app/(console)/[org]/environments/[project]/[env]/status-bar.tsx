import { Save } from 'lucide-react'
import type { ReactNode } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import type { DefinitionControl } from './use-definition'

export interface StatusBarProps {
  definition: DefinitionControl
  mayWrite: boolean
  /** Saving proposes: a gate stands before changes. */
  proposes: boolean
  onSave: () => void
  /** What stands at the left. */
  children?: ReactNode
}

export function StatusBar({ definition, mayWrite, proposes, onSave, children }: StatusBarProps) {
  const { changed, saving, stored, untouched, message, setMessage } = definition
  const state = changed ? text.editor.unsaved : text.editor.upToDate
  return (
    <footer className="flex h-11 shrink-0 items-center gap-3 border-t border-line bg-raised px-3">
      {children}
      <p role="status" className="ml-auto truncate text-muted">
        {mayWrite ? (untouched ? text.editor.placeholderNotice : state) : text.editor.readOnly}
      </p>
      {mayWrite && changed ? (
        <div className="hidden w-60 md:block">
          <Input
            aria-label={text.editor.message}
            placeholder={text.editor.message}
            maxLength={1000}
            value={message}
            onChange={(event) => setMessage(event.target.value)}
          />
        </div>
      ) : null}
      {mayWrite ? (
        <Button
          look={changed ? 'primary' : 'secondary'}
          icon={<Save aria-hidden className="size-3.5" />}
          busy={saving}
          disabled={!changed}
          onClick={onSave}
        >
          {proposes ? text.approvals.propose : text.editor.save(stored.revision + 1)}
          <Kbd keys="Mod+S" className="ml-0.5 hidden sm:inline" />
        </Button>
      ) : null}
    </footer>
  )
}
