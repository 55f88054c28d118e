import { describe, expect, it } from 'vitest'
import { RecentlyUsed } from './recently-used'

const memory = () => new RecentlyUsed<string>({ capacity: 12, weigh: ({ length }) => length })

describe('a memory of what was used last', () => {
  it('gives up what was not used for longest', () => {
    const texts = memory()
    for (const key of ['a', 'b', 'c', 'd']) texts.set(key, key.repeat(3))
    expect(texts.get('a')).toBe('aaa')
    texts.set('e', 'eee')
    expect(['a', 'b', 'c', 'd', 'e'].map((key) => texts.get(key))).toEqual([
      'aaa',
      undefined,
      'ccc',
      'ddd',
      'eee',
    ])
  })

  it('does not give up everything for one', () => {
    const texts = memory()
    texts.set('a', 'aaa')
    texts.set('b', 'bbbb')
    expect([texts.get('a'), texts.get('b')]).toEqual(['aaa', undefined])
  })

  it('replaces, and weighs anew', () => {
    const texts = memory()
    for (const key of ['a', 'b', 'c', 'd']) texts.set(key, key.repeat(3))
    texts.set('d', 'x')
    texts.set('e', 'yy')
    expect(texts.get('a')).toBe('aaa')
    expect(texts.get('d')).toBe('x')
    texts.set('d', 'too long')
    expect(texts.get('d')).toBeUndefined()
  })

  it('forgets', () => {
    const texts = memory()
    texts.set('a', 'aaa')
    texts.clear()
    expect(texts.get('a')).toBeUndefined()
  })
})
