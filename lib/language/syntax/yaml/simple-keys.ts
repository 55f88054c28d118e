import type { Cursor } from './cursor'
import { scannerError } from './error'
import { MAX_DEPTH } from './indents'
import { type Mark, START } from './mark'

/** How far its `:` may be from the beginning of an implicit key, in code points. */
const MAX_LENGTH = 1024

interface SimpleKey {
  /** Whether the text must turn out to be a key, since it stands where only a key can. */
  readonly required: boolean
  /** The number of the token that would be the key. */
  readonly token: number
  readonly mark: Mark
}

/** On every level of flow nesting, the token that becomes a key if a `:` follows it on the same line. */
export class SimpleKeys {
  private levels: (SimpleKey | undefined)[] = [undefined]
  /** Where the candidate of each level began, kept after it was given up: it shows in messages. */
  private marks: Mark[] = [START]

  constructor(private readonly cursor: Cursor) {}

  save(key: { readonly required: boolean; readonly token: number }): void {
    this.remove()
    const mark = this.cursor.mark()
    this.levels[this.levels.length - 1] = { required: key.required, token: key.token, mark }
    this.marks[this.marks.length - 1] = mark
  }

  /** Gives up the candidate of the current level. */
  remove(): void {
    const key = this.levels.at(-1)
    if (key === undefined) return
    if (key.required) throw this.missingColon(key)
    this.levels[this.levels.length - 1] = undefined
  }

  /** Takes the candidate of the current level if it can still be a key. */
  take(): SimpleKey | undefined {
    const level = this.levels.length - 1
    const key = this.stillValid(level)
    this.levels[level] = undefined
    return key
  }

  /** @returns false when the nesting is too deep */
  enter(): boolean {
    this.levels.push(undefined)
    this.marks.push(START)
    return this.levels.length - 1 <= MAX_DEPTH
  }

  leave(): void {
    this.levels.pop()
    this.marks.pop()
  }

  lastMark(): Mark {
    return this.marks.at(-1) ?? START
  }

  /** Whether the token of that number may still become a key, so that the scanner must look further. */
  mayStartAt(token: number): boolean {
    for (let level = this.levels.length - 1; level >= 0; level--) {
      if (this.levels[level]?.token === token) return this.stillValid(level) !== undefined
    }
    return false
  }

  private stillValid(level: number): SimpleKey | undefined {
    const key = this.levels[level]
    if (key === undefined) return undefined
    const { cursor } = this
    if (key.mark.line >= cursor.line && key.mark.index + MAX_LENGTH >= cursor.index) return key
    if (key.required) throw this.missingColon(key)
    this.levels[level] = undefined
    return undefined
  }

  private missingColon(key: SimpleKey): Error {
    return scannerError(key.mark, "could not find expected ':'", this.cursor.mark())
  }
}
