/** Compares texts by their UTF-8 bytes, the order of Go's strings. UTF-16 order differs beyond U+FFFF. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    if (a.charCodeAt(index) === b.charCodeAt(index)) continue
    const left = rank(a.charCodeAt(index))
    const right = rank(b.charCodeAt(index))
    return left - right
  }
  return a.length - b.length
}

/** Surrogates stand for code points above all others, so they sort after U+E000–U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
