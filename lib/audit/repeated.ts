/**
 * Records of what repeats: a page that is read again, a script that is refused again. The same by the same credential
 * from the same address within a quarter of an hour is one entry, per process.
 */
import { processWide } from '@/lib/process-wide'

const quietMs = 15 * 60_000
/** Beyond this the oldest are forgotten, and recorded once more when they come again. */
const most = 20_000

interface Recorded {
  until: number
  /** Others who come meanwhile wait for it too: what cannot be recorded is done for nobody. */
  written: Promise<void>
}

const lately = processWide('recorded-lately', () => new Map<string, Recorded>())

/** Runs `write` unless it ran for the same words lately. @throws what `write` throws */
export function recordUnlessLately(words: readonly string[], write: () => Promise<void>): Promise<void> {
  const key = JSON.stringify(words)
  const known = lately.get(key)
  if (known !== undefined && known.until > Date.now()) return known.written
  const written = write()
  lately.delete(key)
  lately.set(key, { until: Date.now() + quietMs, written })
  written.catch(() => lately.delete(key))
  forgetOldest()
  return written
}

function forgetOldest(): void {
  for (const key of lately.keys()) {
    if (lately.size <= most) return
    lately.delete(key)
  }
}
