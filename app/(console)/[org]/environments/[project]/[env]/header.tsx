import { Info } from 'lucide-react'
import { Breadcrumb } from '@/components/frame/breadcrumb'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { Reference } from './use-definition'

export interface HeaderProps {
  reference: Reference
  revision: number
  revisionTags: string[]
  subject: string
  onIdentity: () => void
}

export function Header({ reference, revision, revisionTags, subject, onIdentity }: HeaderProps) {
  const { organization, project, name } = reference
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1.5">
      <Breadcrumb
        crumbs={[
          { label: text.environments.title, href: `/${organization}/environments` },
          {
            label: project,
            href: `/${organization}/environments?${new URLSearchParams({ q: `${project}/` })}`,
          },
          { label: name },
        ]}
      />
      <span className="flex items-center gap-1.5 text-xs text-muted">
        <span className="rounded border border-line px-1.5 py-0.5">{text.editor.revision(revision)}</span>
        {revisionTags.map((tag) => (
          <span key={tag} className="font-mono">
            {tag}
          </span>
        ))}
      </span>
      <span className="ml-auto flex min-w-0 items-center gap-1">
        <span className="hidden min-w-0 truncate font-mono text-xs text-muted lg:inline" title={subject}>
          {subject}
        </span>
        <span className="hidden lg:inline-flex">
          <CopyButton value={subject} label={text.oidc.copySubject} />
        </span>
        <Button look="ghost" size="sm" icon={<Info aria-hidden className="size-3.5" />} onClick={onIdentity}>
          {text.editor.oidc}
        </Button>
      </span>
    </header>
  )
}
