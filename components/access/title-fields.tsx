'use client'

import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'

export interface TitleFieldsProps {
  name: string
  onName: (name: string) => void
  /** Absent where there is none to give. */
  description?: { value: string; onChange: (description: string) => void }
  problem: (field: string) => string | undefined
}

/** What people call a thing, in their own words. */
export function TitleFields({ name, onName, description, problem }: TitleFieldsProps) {
  return (
    <>
      <TextField
        label={text.access.name}
        error={problem('name')}
        autoFocus
        required
        maxLength={100}
        value={name}
        onChange={(event) => onName(event.target.value)}
      />
      {description ? (
        <TextField
          label={text.access.description}
          maxLength={500}
          value={description.value}
          onChange={(event) => description.onChange(event.target.value)}
        />
      ) : null}
    </>
  )
}
