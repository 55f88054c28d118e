import { unifiedDiff } from '@/cli/output/diff'
import type { Streams } from './normalise'

/** What differs, as a difference of lines; empty when nothing does. */
export function compareStreams(expected: Streams, actual: Streams): string {
  return (['stdout', 'stderr'] as const)
    .map((stream) =>
      unifiedDiff(
        { label: `${stream}, expected`, text: expected[stream] },
        { label: `${stream}, actual`, text: actual[stream] },
      ),
    )
    .join('')
}
