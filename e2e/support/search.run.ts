/** Runs behind all stories, whichever ran and in whatever order: looks back at every answer to every browser. */
import { expect, test } from '@playwright/test'
import { readEntries } from './disclosures'

/** The only doors that give a secret away; each asks for the right to open, and writes it down. */
const disclosing =
  /^POST \/[\w-]+\/environments\/[\w-]+\/[\w-]+\/open$|^app\/.*\/secret-actions\.ts#(decrypt|disclose)$/

test('planted secrets came through the doors that disclose, and through no other', () => {
  const entries = readEntries()
  test.skip(entries.length === 0, 'no story was run')
  const leaks = entries.filter(({ door, encodings }) => encodings.length > 0 && !disclosing.test(door))
  expect(leaks).toEqual([])
  expect(entries.some(({ readable }) => readable)).toBe(true)
})

test('every page came with a policy that lets no foreign script in and no frame around', () => {
  const policies = readEntries().flatMap(({ door, policy }) =>
    policy === undefined ? [] : [{ door, policy }],
  )
  test.skip(policies.length === 0, 'no story was run')
  const strict = /script-src [^;]*'nonce-[^']+'[^;]*;.*frame-ancestors 'none'/
  const lax = policies.filter(
    ({ policy }) => !strict.test(policy) || /script-src [^;]*'unsafe-(inline|eval)'/.test(policy),
  )
  expect(lax).toEqual([])
})
