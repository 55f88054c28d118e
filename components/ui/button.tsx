import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

const looks = {
  primary: 'bg-accent text-accent-fg border-transparent hover:bg-accent-hover',
  secondary: 'bg-bg text-fg border-line hover:bg-hover',
  ghost: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-fg',
  danger: 'bg-bg text-error border-line hover:bg-error-bg hover:border-error',
}

const sizes = { sm: 'h-6 px-2 text-xs gap-1', md: 'h-8 px-3 text-sm gap-1.5' }

export type ButtonLook = keyof typeof looks

export function buttonClass(look: ButtonLook = 'secondary', size: keyof typeof sizes = 'md'): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center rounded border font-semibold whitespace-nowrap select-none',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50',
    looks[look],
    sizes[size],
  )
}

export interface ButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook
  size?: keyof typeof sizes
  icon?: ReactNode
  /** Work is under way: a spinner, no second press. */
  busy?: boolean
  /** Renders the child (a link, say) in the look of a button. */
  asChild?: boolean
}

export function Button({ look, size, icon, busy, asChild, className, children, ...rest }: ButtonProps) {
  const classes = cx(buttonClass(look, size), className)
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  const mark = busy ? <LoaderCircle aria-hidden className="size-3.5 motion-safe:animate-spin" /> : icon
  return (
    <button type="button" className={classes} aria-busy={busy} {...rest} disabled={busy || rest.disabled}>
      {mark}
      {children}
    </button>
  )
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  label: string
}

/** A button that shows only an icon; its label is for screen readers and the tooltip of the browser. */
export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'inline-flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-fg disabled:opacity-50',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  )
}
