const MANTISSA_BITS = 64

/** Exponents beyond this are refused rather than expanded: they would take memory without limit. */
const MAX_DECIMAL_EXPONENT = 10_000

/** A binary floating-point number with a 64-bit mantissa, rounded to nearest even (spec §13.2, §14): mantissa × 2^exponent. */
export class BigFloat {
  private constructor(
    private readonly mantissa: bigint,
    private readonly exponent: number,
  ) {}

  /** Reads a JSON number; undefined when the text is none. */
  static parse(text: string): BigFloat | undefined {
    const match = /^([-+]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([-+]?[0-9]+))?$/.exec(text)
    if (match === null) return undefined
    const [, sign, whole = '', fraction = '', power = '0'] = match
    if (whole + fraction === '') return undefined
    const exponent = Number(power) - fraction.length
    if (Math.abs(exponent) > MAX_DECIMAL_EXPONENT || whole.length > MAX_DECIMAL_EXPONENT) return undefined
    const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
    if (exponent >= 0) return BigFloat.round(digits * 10n ** BigInt(exponent), 1n)
    return BigFloat.round(digits, 10n ** BigInt(-exponent))
  }

  private static round(numerator: bigint, denominator: bigint): BigFloat {
    const negative = numerator < 0n !== denominator < 0n
    const n = numerator < 0n ? -numerator : numerator
    const d = denominator < 0n ? -denominator : denominator
    if (n === 0n) return new BigFloat(0n, 0)
    // Two bits more than are kept, so that rounding sees what follows them.
    const shift = MANTISSA_BITS + 2 - (bits(n) - bits(d))
    const [top, bottom] = shift >= 0 ? [n << BigInt(shift), d] : [n, d << BigInt(-shift)]
    const rounded = roundToBits(top / bottom, { sticky: top % bottom !== 0n, exponent: -shift })
    return new BigFloat(negative ? -rounded.mantissa : rounded.mantissa, rounded.exponent)
  }

  compare(other: BigFloat): number {
    const low = Math.min(this.exponent, other.exponent)
    const a = this.mantissa << BigInt(this.exponent - low)
    const b = other.mantissa << BigInt(other.exponent - low)
    return a < b ? -1 : a > b ? 1 : 0
  }

  /** Whether this divided by the other, in this arithmetic, is a whole number. Nothing is a multiple of zero. */
  isMultipleOf(other: BigFloat): boolean {
    if (other.mantissa === 0n) return false
    const shift = BigInt(Math.abs(this.exponent - other.exponent))
    const quotient =
      this.exponent >= other.exponent
        ? BigFloat.round(this.mantissa << shift, other.mantissa)
        : BigFloat.round(this.mantissa, other.mantissa << shift)
    if (quotient.exponent >= 0) return true
    return quotient.mantissa % (1n << BigInt(-quotient.exponent)) === 0n
  }
}

function bits(value: bigint): number {
  const hex = value.toString(16)
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex.charAt(0), 16)) - 28)
}

function roundToBits(
  value: bigint,
  { sticky, exponent }: { readonly sticky: boolean; readonly exponent: number },
): { readonly mantissa: bigint; readonly exponent: number } {
  const excess = bits(value) - MANTISSA_BITS
  if (excess <= 0) return { mantissa: value, exponent }
  const shift = BigInt(excess)
  const kept = value >> shift
  const rest = value - (kept << shift)
  const half = 1n << (shift - 1n)
  const up = rest > half || (rest === half && (sticky || kept % 2n === 1n))
  return { mantissa: up ? kept + 1n : kept, exponent: exponent + excess }
}
