import { text } from '@/components/messages'
import type { ComparedValue, ShownValue } from '@/components/preview/compare'
import { placeholderOf } from '@/components/preview/json'
import { cx } from '@/components/ui/cx'
import { HiddenSecret } from '@/components/ui/hidden-secret'

/** What the revisions mean, value by value: of secrets only that they differ. */
export function ComparedValues({ values }: { values: readonly ComparedValue[] }) {
  if (values.length === 0) return <p className="px-4 py-6 text-muted">{text.versions.sameValues}</p>
  return (
    <table aria-label={text.versions.values} className="w-full table-fixed border-collapse">
      <thead>
        <tr className="border-b border-line text-left text-muted max-sm:sr-only">
          <th scope="col" className="w-[34%] px-4 py-1.5 font-normal">
            {text.versions.value}
          </th>
          <th scope="col" className="w-24 py-1.5 font-normal">
            {text.versions.change}
          </th>
          <th scope="col" className="py-1.5 font-normal">
            {text.versions.from}
          </th>
          <th scope="col" className="py-1.5 pr-4 font-normal">
            {text.versions.to}
          </th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ path, change, before, after }) => (
          <tr
            key={path}
            className="border-b border-line align-top max-sm:grid max-sm:grid-cols-2 max-sm:px-4"
          >
            <th
              scope="row"
              className="px-4 py-1.5 text-left font-mono font-normal [overflow-wrap:anywhere] max-sm:px-0 max-sm:pb-0"
            >
              {path}
            </th>
            <td className="py-1.5 text-muted max-sm:pb-0 max-sm:text-right">
              {text.versions.changes[change]}
            </td>
            <td className="py-1.5 pr-3">
              <Shown value={before} />
            </td>
            <td className="py-1.5 pr-4">
              <Shown value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Shown({ value }: { value: ShownValue | undefined }) {
  if (!value) return null
  if (value.state === 'secret') return <HiddenSecret word={placeholderOf(value)} />
  const tone =
    value.state === 'unknown-secret' ? 'text-secret' : value.state === 'unknown' ? 'text-unknown' : ''
  return (
    <span className={cx('font-mono [overflow-wrap:anywhere] whitespace-pre-wrap', tone)}>
      {value.state === 'plain' ? value.text : placeholderOf(value)}
    </span>
  )
}
