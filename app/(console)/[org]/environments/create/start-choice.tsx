'use client'

import { Cloud, FileText, FileUp, Layers } from 'lucide-react'
import { text } from '@/components/messages'
import { cx } from '@/components/ui/cx'
import { clouds, type Start, starts } from './draft'

export interface StartChoiceProps {
  value: Start
  providers: readonly string[]
  onChange: (start: Start) => void
}

const icons = { example: FileText, aws: Cloud, azure: Cloud, gcp: Cloud, stages: Layers, file: FileUp }

/** What the new environment starts with. Clouds whose login cannot be opened here are not offered. */
export function StartChoice({ value, providers, onChange }: StartChoiceProps) {
  const offered = starts.filter(
    (start) => !clouds.some((cloud) => cloud === start) || providers.includes(`${start}-login`),
  )
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-semibold">{text.environments.startFrom}</legend>
      <div className="grid grid-cols-2 gap-2">
        {offered.map((start) => {
          const Icon = icons[start]
          return (
            <label
              key={start}
              className={cx(
                'flex cursor-pointer items-start gap-2.5 rounded border px-3 py-2 hover:border-line-strong',
                'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
                value === start ? 'border-accent bg-selected' : 'border-line',
              )}
            >
              <input
                type="radio"
                name="start"
                value={start}
                checked={value === start}
                onChange={() => onChange(start)}
                className="sr-only"
              />
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
              <span className="min-w-0">
                <span className="block font-semibold">{text.create.starts[start].title}</span>
                <span className="block text-xs text-muted max-sm:sr-only">
                  {text.create.starts[start].body}
                </span>
              </span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
