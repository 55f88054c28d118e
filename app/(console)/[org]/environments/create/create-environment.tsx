'use client'

import { Plus } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { useShortcut } from '@/components/ui/shortcut'
import { CreateForm, type CreateFormProps } from './create-form'

export interface CreateEnvironmentProps extends Omit<CreateFormProps, 'onCancel'> {
  /** The URL asked for it. */
  initiallyOpen: boolean
}

export function CreateEnvironment({ initiallyOpen, ...form }: CreateEnvironmentProps) {
  const [open, setOpen] = useState(initiallyOpen)
  const router = useRouter()
  const path = usePathname()
  const shortcut = useShortcut({ key: 'c' }, () => setOpen(true))
  const change = (next: boolean) => {
    setOpen(next)
    // So that the same link can ask for it again.
    if (!next && initiallyOpen) router.replace(path)
  }
  return (
    <>
      <Button
        look="primary"
        icon={<Plus aria-hidden className="size-4" />}
        aria-keyshortcuts={shortcut}
        onClick={() => setOpen(true)}
      >
        {text.environments.create}
        <Kbd keys="C" className="ml-0.5 hidden sm:inline" />
      </Button>
      <Dialog
        size="lg"
        open={open}
        onOpenChange={change}
        title={text.environments.create}
        description={text.environments.createBody}
      >
        <CreateForm {...form} onCancel={() => change(false)} />
      </Dialog>
    </>
  )
}
