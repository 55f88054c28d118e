import { describe, expect, it } from 'vitest'
import { addressSubject } from './rate-limit'

describe('T24: an address', () => {
  const subject = (address: string) => addressSubject('sign-in', address)

  it('of IPv6 stands for its network', () => {
    const ours = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:DB8:0001:2::99']
    expect(new Set(ours.map(subject)).size).toBe(1)
    expect(subject('2001:db8:1:3::1')).not.toBe(subject('2001:db8:1:2::1'))
  })

  it('of IPv4 stands for itself, and none for none', () => {
    expect(subject('203.0.113.5')).not.toBe(subject('203.0.113.6'))
    expect(subject('')).toBe(subject(''))
  })

  it('counts for each purpose by itself', () => {
    for (const address of ['203.0.113.5', '2001:db8::1']) {
      expect(addressSubject('exchange', address)).not.toBe(subject(address))
    }
  })
})
