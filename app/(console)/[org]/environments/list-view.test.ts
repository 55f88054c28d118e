import { describe, expect, it } from 'vitest'
import { browsingOf, isFiltered, type ListView, readView, viewHref } from './list-view'

function roundTrip(view: ListView): ListView {
  const parameters: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(viewHref(view, { after: view.after }))) {
    parameters[name] = [...(parameters[name] ?? []), value]
  }
  return readView(parameters)
}

const full: ListView = {
  search: 'a/b & c',
  project: 'shop',
  tags: ['team=pay=ments', 'tier'],
  mine: true,
  deletionProtected: true,
  order: 'used',
  group: 'tag:team',
  after: 'WyJhIl0',
}

describe('the view of the list in its URL', () => {
  it('comes back as it was written', () => {
    expect(roundTrip(full)).toEqual(full)
    expect(roundTrip(readView({}))).toEqual(readView({}))
    expect(viewHref(readView({}))).toBe('?')
  })

  it('starts at the first page again when anything else changes', () => {
    expect(viewHref(full, { mine: false })).not.toContain('after')
  })

  it('leaves out what makes no sense', () => {
    expect(readView({ sort: 'size', group: 'tag:', tag: ['', 'x'] })).toMatchObject({
      order: 'name',
      group: 'project',
      tags: ['x'],
    })
  })

  it('knows whether something is filtered away', () => {
    expect(isFiltered(readView({ sort: 'used', group: 'none' }))).toBe(false)
    expect(isFiltered(readView({ tag: 'x' }))).toBe(true)
  })

  it('asks the server for what it says', () => {
    expect(browsingOf(full)).toMatchObject({
      tags: [{ name: 'team', value: 'pay=ments' }, { name: 'tier' }],
      owner: 'me',
      deletionProtected: true,
      grouping: { by: 'tag', name: 'team' },
    })
    expect(browsingOf(readView({ group: 'none' })).grouping).toBeUndefined()
  })
})
