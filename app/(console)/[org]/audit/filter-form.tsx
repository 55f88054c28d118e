import Link from 'next/link'
import { text } from '@/components/messages'
import { Button, buttonClass } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { type FilterField, type FilterQuery, filterFields } from './filter'

const labels: Record<FilterField, string> = {
  event: text.audit.event,
  user: text.audit.person,
  environment: text.audit.environment,
  tokenId: text.audit.token,
  address: text.audit.address,
  from: text.audit.from,
  to: text.audit.to,
}

const isTime = (field: FilterField) => field === 'from' || field === 'to'

/** A plain form: the filter is the address of the page, so it can be sent to somebody. */
export function FilterForm({ organization, query }: { organization: string; query: FilterQuery }) {
  return (
    <search>
      <form
        action={`/${organization}/audit`}
        aria-label={text.audit.filters}
        className="flex flex-wrap items-end gap-x-3 gap-y-2 px-4 py-3"
      >
        {filterFields.map((field) => (
          <div key={field} className="w-[calc(50%-0.375rem)] sm:w-36">
            <TextField
              label={labels[field]}
              name={field}
              type={isTime(field) ? 'date' : 'text'}
              autoComplete="off"
              defaultValue={query[field] ?? ''}
            />
          </div>
        ))}
        <label className="flex h-8 items-center gap-2">
          <input
            type="checkbox"
            name="failures"
            value="true"
            defaultChecked={query.failures === 'true'}
            className="accent-accent"
          />
          {text.audit.failures}
        </label>
        <Button type="submit">{text.audit.apply}</Button>
        {Object.keys(query).length > 0 ? (
          <Link href={`/${organization}/audit`} className={buttonClass('ghost')}>
            {text.audit.clear}
          </Link>
        ) : null}
      </form>
    </search>
  )
}
