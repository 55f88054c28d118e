import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { DialogActions } from '@/components/ui/dialog'
import { Input } from '@/components/ui/field'

export interface ShownOnceProps {
  value: string
  /** What it is, for its field. */
  label: string
  warning: string
  copy: string
  onDone: () => void
}

/** A secret that leaves the server this one time. */
export function ShownOnce({ value, label, warning, copy, onDone }: ShownOnceProps) {
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="warning">{warning}</Banner>
      <div className="flex items-center gap-2">
        <Input
          readOnly
          autoFocus
          aria-label={label}
          value={value}
          onFocus={(event) => event.target.select()}
          className="font-mono"
        />
        <CopyButton value={value} label={copy} withText className="h-8" />
      </div>
      <DialogActions>
        <Button look="primary" onClick={onDone}>
          {text.access.done}
        </Button>
      </DialogActions>
    </div>
  )
}
