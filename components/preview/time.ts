/** A duration as a clock: `59:41`, `1:59:41`. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const part = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0
    ? `${hours}:${part(minutes)}:${part(seconds % 60)}`
    : `${part(minutes)}:${part(seconds % 60)}`
}
