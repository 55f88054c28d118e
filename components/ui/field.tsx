import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx'

const inputClass =
  'h-8 w-full rounded border border-line-strong/60 bg-bg px-2.5 text-sm text-fg placeholder:text-muted hover:border-line-strong aria-invalid:border-error'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cx(inputClass, className)} {...rest} />
}

export interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid': boolean }) => ReactNode
}

/** A label, a control, and below it the hint or what is wrong. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': Boolean(error) })}
      {note ? (
        <p
          id={`${id}-note`}
          aria-live="polite"
          className={cx('text-xs', error ? 'text-error' : 'text-muted')}
        >
          {note}
        </p>
      ) : null}
    </div>
  )
}

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string
  hint?: ReactNode
  error?: string
  mono?: boolean
  /** Stands to the right of the input, inside the same row. */
  trailing?: ReactNode
}

export function TextField({ label, hint, error, mono, trailing, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div className="flex items-center gap-1">
          <Input {...control} {...input} className={cx(mono && 'font-mono', className)} />
          {trailing}
        </div>
      )}
    </Field>
  )
}

export interface SelectFieldProps extends Omit<ComponentProps<'select'>, 'id'> {
  label: string
  hint?: ReactNode
  options: { value: string; label: string }[]
}

export function SelectField({ label, hint, options, className, ...select }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <select {...control} {...select} className={cx(inputClass, className)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
