const DECIMAL_FLOAT = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/
const HEX_FLOAT = /^([-+]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([-+]?[0-9]+)$/

/** Reads a Go float literal; undefined when it is none or beyond the binary64 range. */
export function parseGoFloat(text: string): number | undefined {
  const value = DECIMAL_FLOAT.test(text) ? Number(text) : parseHexFloat(text)
  return value !== undefined && Number.isFinite(value) ? value : undefined
}

function parseHexFloat(text: string): number | undefined {
  const match = HEX_FLOAT.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole + fraction === '') return undefined
  const mantissa = Number(BigInt(`0x${whole}${fraction}`))
  const value = mantissa * 2 ** (Number(exponent) - 4 * fraction.length)
  return sign === '-' ? -value : value
}

/** Go's shortest `g` layout: exponent form below 1e-4 and from 1e6 on, at least two exponent digits (spec §3). */
export function floatText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/[-.]/g, '')
  const text = power < -4 || power >= 6 ? exponential(digits, power) : positional(digits, power)
  return negative ? `-${text}` : text
}

function exponential(digits: string, power: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
  const sign = power < 0 ? '-' : '+'
  return `${digits[0]}${fraction}e${sign}${String(Math.abs(power)).padStart(2, '0')}`
}

function positional(digits: string, power: number): string {
  if (power < 0) return `0.${'0'.repeat(-power - 1)}${digits}`
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0')
  const fraction = digits.slice(power + 1)
  return fraction === '' ? whole : `${whole}.${fraction}`
}
