import { Lock } from 'lucide-react'
import { useMemo } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { CopyBlock } from '@/components/ui/copy-button'
import { type DocumentedProperty, type ProviderInfo, providerDocs } from '@/lib/language/analysis'

export interface ProviderPageProps {
  provider: ProviderInfo
  problem: string | undefined
  /** Absent where nothing can be inserted. */
  onInsert: (() => void) | undefined
}

export function ProviderPage({ provider, problem, onInsert }: ProviderPageProps) {
  const docs = useMemo(() => providerDocs(provider), [provider])
  return (
    <article className="flex min-w-0 flex-col gap-5">
      <header className="flex flex-col gap-1">
        <h3 className="font-mono text-lg font-semibold">
          {provider.kind === 'rotator' ? 'fn::rotate::' : 'fn::open::'}
          {provider.name}
        </h3>
        {provider.description ? <p className="text-muted">{provider.description}</p> : null}
      </header>
      <section className="flex flex-col gap-2">
        <div className="flex items-center justify-between">
          <h4 className="font-semibold">{text.providers.example}</h4>
          {onInsert ? (
            <Button size="sm" look="primary" onClick={onInsert}>
              {text.providers.insert}
            </Button>
          ) : null}
        </div>
        <CopyBlock value={docs.example} label={text.providers.copyExample} />
        {problem ? (
          <p role="alert" className="text-xs text-error">
            {problem}
          </p>
        ) : null}
      </section>
      <Properties title={text.providers.inputs} properties={docs.inputs} />
      <Properties title={text.providers.outputs} properties={docs.outputs} />
    </article>
  )
}

function Properties({ title, properties }: { title: string; properties: readonly DocumentedProperty[] }) {
  return (
    <section className="flex flex-col gap-2">
      <h4 className="font-semibold">{title}</h4>
      {properties.length === 0 ? <p className="text-muted">{text.providers.any}</p> : null}
      <dl className="divide-y divide-line border-y border-line empty:hidden">
        {properties.map((property) => (
          <div
            key={property.path}
            className="grid gap-x-4 py-1.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)]"
            style={{ paddingInlineStart: `${property.depth}rem` }}
          >
            <dt className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              <span className="min-w-0 font-mono font-semibold break-all">{property.path}</span>
              <span className="text-xs text-muted">{property.type}</span>
              <Marks property={property} />
            </dt>
            <dd className="min-w-0 text-muted">
              {property.description}
              <Choices property={property} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Marks({ property }: { property: DocumentedProperty }) {
  return (
    <>
      {property.required ? <span className="text-xs text-accent">{text.providers.required}</span> : null}
      {property.secret ? (
        <span className="inline-flex items-center gap-1 text-xs text-secret">
          <Lock aria-hidden className="size-3" />
          {text.providers.secret}
        </span>
      ) : null}
      {property.deprecated ? <span className="text-xs text-warning">{text.providers.deprecated}</span> : null}
    </>
  )
}

function Choices({ property: { choices, default: fallback } }: { property: DocumentedProperty }) {
  if (choices.length === 0 && fallback === undefined) return null
  return (
    <span className="block font-mono text-xs">
      {choices.join(' | ')}
      {fallback === undefined ? null : ` ${text.providers.fallback(fallback)}`}
    </span>
  )
}
