import { Info } from 'lucide-react'
import { memo } from 'react'
import { text } from '@/components/messages'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { UseIt } from '@/components/use-it/use-it'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { Header } from './header'

export interface DefinitionHeaderProps {
  reference: EnvironmentReference
  /** Public origin of this installation. */
  url: string
  revision: number
  revisionTags: string[]
  subject: string
  onIdentity: () => void
}

export const DefinitionHeader = memo(function DefinitionHeader(props: DefinitionHeaderProps) {
  const { reference, url, revision, revisionTags, subject, onIdentity } = props
  return (
    <Header
      reference={reference}
      section="definition"
      badges={<RevisionBadge revision={revision} tags={revisionTags} />}
    >
      <span className="hidden min-w-0 items-center gap-1 font-mono text-xs text-muted lg:flex">
        <span className="truncate" title={subject}>
          {subject}
        </span>
        <CopyButton value={subject} label={text.oidc.copySubject} />
      </span>
      <Button look="ghost" size="sm" icon={<Info aria-hidden className="size-3.5" />} onClick={onIdentity}>
        {text.editor.oidc}
      </Button>
      <UseIt {...reference} url={url} versions={pinnable(revision, revisionTags)} />
    </Header>
  )
})

function RevisionBadge({ revision, tags }: { revision: number; tags: string[] }) {
  return (
    <span className="flex items-center gap-1.5">
      <Badge>{text.editor.revision(revision)}</Badge>
      {tags.map((tag) => (
        <Badge key={tag} mono>
          {tag}
        </Badge>
      ))}
    </span>
  )
}

function pinnable(revision: number, tags: string[]): string[] {
  return [...tags.filter((tag) => tag !== 'latest'), String(revision)]
}
