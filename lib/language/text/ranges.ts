/** Whether a number lies in one of some inclusive ranges, which are in order. */
export function inRanges(ranges: readonly (readonly [number, number])[], value: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [from, to] = ranges[middle] ?? [0, 0]
    if (value < from) high = middle - 1
    else if (value > to) low = middle + 1
    else return true
  }
  return false
}
