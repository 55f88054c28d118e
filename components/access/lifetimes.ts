import { text } from '@/components/messages'

/** Days that an access token lives; 0 = until it is revoked. */
export const lifetimes = [30, 90, 365, 0].map((days) => ({
  value: String(days),
  label: days === 0 ? text.account.expiryNever : text.account.expiryDays(days),
}))
