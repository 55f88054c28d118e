'use client'

import { Switch as Radix } from 'radix-ui'
import { useId } from 'react'

export interface SwitchProps {
  label: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

export function Switch({ label, checked, disabled, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex items-center gap-2.5">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="h-5 w-9 rounded-full border border-line-strong bg-hover p-px disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-4 rounded-full bg-fg data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-fg" />
      </Radix.Root>
      <label htmlFor={id}>{label}</label>
    </div>
  )
}
