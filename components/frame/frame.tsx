import type { ReactNode } from 'react'
import { text } from '@/components/messages'
import { Palette } from '@/components/palette/palette'
import { AccountMenu, type AccountMenuProps } from './account-menu'
import { NarrowBar } from './narrow-bar'
import { Navigation } from './navigation'
import { type OrganizationChoice, OrganizationSwitcher } from './organization-switcher'

export interface FrameProps extends AccountMenuProps {
  /** The organization in the URL; on pages without one, the person's default. */
  organization: string
  organizations: OrganizationChoice[]
  children: ReactNode
}

/** Navigation at the left of every page; on narrow screens a bar with the same in a sheet. */
export function Frame({ organization, organizations, children, ...account }: FrameProps) {
  const current = organizations.find(({ name }) => name === organization)
  const side = (palette: ReactNode) => (
    <>
      <OrganizationSwitcher current={organization} organizations={organizations} />
      {palette}
      <div className="mt-2 flex-1">
        <Navigation organization={organization} />
      </div>
      <AccountMenu {...account} />
    </>
  )
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-bg focus:px-3 focus:py-2"
      >
        {text.frame.skipToContent}
      </a>
      <div className="hidden w-12 shrink-0 flex-col border-r border-line bg-raised p-2 md:flex lg:w-48">
        {side(<Palette organization={organization} />)}
      </div>
      <NarrowBar organization={current?.displayName || organization}>{side(null)}</NarrowBar>
      <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  )
}

export interface PageHeaderProps {
  children: ReactNode
  actions?: ReactNode
  /** The way to the other pages of the same thing, below. */
  sections?: ReactNode
}

/** The top of a page: where it is on the left, what can be done on the right. */
export function PageHeader({ children, actions, sections }: PageHeaderProps) {
  return (
    <header className="shrink-0 border-b border-line">
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2">
        {children}
        {actions ? <div className="flex min-w-0 flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {sections}
    </header>
  )
}
