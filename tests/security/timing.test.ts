/** T23: time tells nothing. Ranks are compared, not durations, so that a slow machine is only a slow test. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '@/lib/access/passwords'
import { signIn } from '@/lib/access/signin'
import { newTokenValue } from '@/lib/access/token-value'
import { actorFromToken, createAccessToken, revokeAccessToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import { type TemporaryDatabase, temporaryDatabase } from '../support/database'
import { refusal } from '../support/failures'
import { addPerson, type TestPerson } from '../support/installation'

/** Of each kind, in sign-in. Each costs a password hash of full strength: 1,000 take minutes, so by default fewer. */
const tries = Number(process.env.OPENESC_TIMING_TRIES ?? 60)

let temporary: TemporaryDatabase
let people: TestPerson[]

beforeAll(async () => {
  temporary = await temporaryDatabase()
  people = []
  // One person may be tried ten times.
  for (let at = 0; at < tries / 8; at++) people.push(await addPerson(`known-${at}`))
  await database().person.updateMany({ data: { passwordHash: await hashPassword('correct horse battery') } })
})

afterAll(() => temporary?.close())

async function duration(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** The chance that one of `a` took longer than one of `b`: a half when nothing tells them apart (Mann and Whitney). */
function chanceOfLonger(a: readonly number[], b: readonly number[]): number {
  const longer = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)))
  return longer.reduce((sum: number, one) => sum + one, 0) / longer.length
}

/** Five standard deviations of what chance alone gives. */
const tolerance = (n: number) => 5 / Math.sqrt(6 * n)

describe('T23', () => {
  it('a refused sign-in takes as long for a known login as for an unknown one', async () => {
    const [known, unknown]: [number[], number[]] = [[], []]
    const attempt = (login: string, at: number) =>
      duration(() =>
        refusal(
          signIn({
            login,
            password: 'wrong horse',
            address: `198.51.100.${at % 250}`,
            requestId: '',
            userAgent: '',
          }),
        ),
      )
    for (let at = 0; at < tries; at += 2) {
      // Alternating and a few at a time, so that whatever else the machine does befalls both.
      const pair = [at, at + 1].flatMap((one) => [
        attempt(people[one % people.length]?.login ?? '', one).then((ms) => known.push(ms)),
        attempt(`unknown-${one}`, one).then((ms) => unknown.push(ms)),
      ])
      await Promise.all(pair)
    }
    expect(Math.abs(chanceOfLonger(known, unknown) - 0.5)).toBeLessThan(tolerance(tries))
  }, 600_000)

  it('the statistic tells apart what is not alike (the twin)', () => {
    const steady = Array.from({ length: 100 }, (_, at) => 400 + (at % 7))
    const later = steady.map((ms) => ms + 3)
    expect(Math.abs(chanceOfLonger(later, steady) - 0.5)).toBeGreaterThan(tolerance(100))
    expect(Math.abs(chanceOfLonger(steady, steady) - 0.5)).toBeLessThan(tolerance(100))
  })

  it('a token that was is refused as fast as one that never was', async () => {
    const owner = people[0]
    if (!owner) throw new Error('nobody is known')
    const { id, tokenValue } = await createAccessToken(owner.actor, { description: 'once' })
    expect(await actorFromToken(tokenValue, { address: '', requestId: '' })).toBeDefined()
    await revokeAccessToken(owner.actor, { id })
    // All but its last character is right: a comparison that stops early would take longer.
    const close = tokenValue.slice(0, -1) + (tokenValue.endsWith('a') ? 'b' : 'a')
    const [near, far]: [number[], number[]] = [[], []]
    const ask = (value: string) => duration(() => actorFromToken(value, { address: '', requestId: '' }))
    for (let at = 0; at < 500; at++) {
      near.push(await ask(close))
      far.push(await ask(newTokenValue()))
    }
    expect(Math.abs(chanceOfLonger(near, far) - 0.5)).toBeLessThan(tolerance(500))
  })
})
