import { Matcher } from './matcher'

const mask = Buffer.from('[secret]')

export type Emit = (bytes: Uint8Array) => void

/**
 * Replaces secrets in the output of a child by `[secret]`. A secret is found wherever its bytes follow one another: in
 * one write or in many, over line ends, and from one stream into the other, since a terminal shows both as one text.
 * Overlapping secrets become one mask, so nothing of either remains. Bytes are held back only while they may be the
 * beginning of a secret; a prompt without a newline appears at once.
 */
export class Redactor {
  readonly #matcher: Matcher
  readonly #channels: Channel[] = []
  readonly #joined: JoinedText
  #open = 0

  constructor(secrets: Iterable<Uint8Array>) {
    this.#matcher = new Matcher(secrets)
    this.#joined = new JoinedText(this.#matcher)
  }

  /** A stream to filter; what may be shown goes to `emit`. */
  channel(emit: Emit): Channel {
    const channel = new Channel(this.#matcher, emit, {
      wrote: (bytes) => this.#follow(channel, bytes),
      ended: () => this.#ended(),
    })
    this.#open++
    this.#channels.push(channel)
    return channel
  }

  #follow(channel: Channel, bytes: Uint8Array): void {
    const open = this.#joined.add(channel, bytes)
    for (const other of this.#channels) {
      other.holdFrom(Math.min(...open.filter((part) => part.channel === other).map((part) => part.start)))
    }
  }

  #ended(): void {
    this.#open--
    if (this.#open > 0) return
    for (const channel of this.#channels) channel.holdFrom(Number.POSITIVE_INFINITY)
  }
}

/** A stretch of one stream: positions count the bytes of that stream. */
interface Part {
  readonly channel: Channel
  readonly start: number
  readonly end: number
}

/** All streams as one text, in the order of arrival, as far back as a secret can reach. */
class JoinedText {
  readonly #matcher: Matcher
  #parts: Part[] = []
  #state = Matcher.start

  constructor(matcher: Matcher) {
    this.#matcher = matcher
  }

  /** Adds what a channel has just received, covers the secrets that end in it, and says what may go on. */
  add(channel: Channel, bytes: Uint8Array): Part[] {
    const alone = this.#parts.every((part) => part.channel === channel)
    const end = channel.position
    this.#parts.push({ channel, start: end - bytes.length, end })
    if (alone) this.#state = channel.state
    else this.#search(bytes)
    this.#forget()
    return this.#tail(this.#matcher.pending(this.#state), 0)
  }

  #search(bytes: Uint8Array): void {
    for (let index = 0; index < bytes.length; index++) {
      this.#state = this.#matcher.step(this.#state, bytes[index] ?? 0)
      const length = this.#matcher.matched(this.#state)
      if (length === 0) continue
      // each stream shows a mask for its part: a part that vanished could join its neighbours to a secret
      for (const { channel, start, end } of this.#tail(length, bytes.length - index - 1)) {
        channel.cover({ start, end, mask: 'due' })
      }
    }
  }

  /** The parts that make up the `length` bytes which end `back` bytes before the end, the latest first. */
  #tail(length: number, back: number): Part[] {
    const tail: Part[] = []
    let skip = back
    let rest = length
    for (const part of this.#parts.toReversed()) {
      if (rest <= 0) break
      const end = part.end - skip
      skip = Math.max(0, skip - (part.end - part.start))
      const start = Math.max(part.start, end - rest)
      if (start >= end) continue
      tail.push({ channel: part.channel, start, end })
      rest -= end - start
    }
    return tail
  }

  #forget(): void {
    this.#parts = this.#tail(this.#matcher.reach, 0).toReversed()
  }
}

/** Bytes that are secret. `done` means that their mask is already shown. */
interface Cover {
  readonly start: number
  readonly end: number
  readonly mask: 'due' | 'done'
}

interface Listener {
  wrote(bytes: Uint8Array): void
  ended(): void
}

/** One stream of a redactor. */
export class Channel {
  readonly #matcher: Matcher
  readonly #emit: Emit
  readonly #listener: Listener
  #state = Matcher.start
  /** Bytes from `#origin` on that are not yet emitted. */
  #held: Buffer = Buffer.alloc(0)
  #origin = 0
  #joinedHold = Number.POSITIVE_INFINITY
  /** Disjoint, in order. */
  #covers: Cover[] = []

  constructor(matcher: Matcher, emit: Emit, listener: Listener) {
    this.#matcher = matcher
    this.#emit = emit
    this.#listener = listener
  }

  /** How many bytes have arrived. */
  get position(): number {
    return this.#origin + this.#held.length
  }

  /** The matcher's state after the last byte. */
  get state(): number {
    return this.#state
  }

  write(bytes: Uint8Array): void {
    const start = this.position
    this.#held = this.#held.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#held, bytes])
    for (let index = 0; index < bytes.length; index++) {
      this.#state = this.#matcher.step(this.#state, bytes[index] ?? 0)
      const length = this.#matcher.matched(this.#state)
      const end = start + index + 1
      if (length > 0) this.cover({ start: end - length, end, mask: 'due' })
    }
    this.#listener.wrote(bytes)
  }

  /** The stream has ended; a secret may still go on in the other one. */
  end(): void {
    this.#state = Matcher.start
    this.#release()
    this.#listener.ended()
  }

  /** Holds back the bytes from a position on, because they may be part of a secret that spans streams. */
  holdFrom(position: number): void {
    this.#joinedHold = position
    this.#release()
  }

  /** Marks bytes as secret. Covers that overlap become one, with one mask. */
  cover(added: Cover): void {
    const start = Math.max(added.start, this.#origin)
    const overlapping = this.#covers.filter((cover) => cover.start < added.end && cover.end > start)
    const parts = [...overlapping, { ...added, start }].sort((a, b) => a.start - b.start)
    const merged: Cover = {
      start: parts[0]?.start ?? start,
      end: Math.max(...parts.map((part) => part.end)),
      mask: parts[0]?.mask ?? added.mask,
    }
    const others = this.#covers.filter((cover) => !overlapping.includes(cover))
    this.#covers = [...others, merged].sort((a, b) => a.start - b.start)
  }

  /** Emits what no later byte can turn into a secret. */
  #release(): void {
    const limit = Math.min(this.position - this.#matcher.pending(this.#state), this.#joinedHold)
    for (let cover = this.#covers[0]; cover && cover.start < limit; cover = this.#covers[0]) {
      this.#show(cover.start)
      if (cover.mask === 'due') this.#emit(mask)
      this.#covers.shift()
      this.#drop(Math.min(cover.end, limit))
      // the end may still grow together with a secret that begins in it
      if (cover.end > limit) this.#covers.unshift({ start: limit, end: cover.end, mask: 'done' })
    }
    this.#show(limit)
  }

  #show(until: number): void {
    if (until <= this.#origin) return
    this.#emit(this.#held.subarray(0, until - this.#origin))
    this.#drop(until)
  }

  #drop(until: number): void {
    this.#held = this.#held.subarray(until - this.#origin)
    this.#origin = until
  }
}
