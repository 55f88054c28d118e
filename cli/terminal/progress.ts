import type { Io } from '../io'

/** How long something takes before a person is told that it does. */
export const patienceMs = 500
const frameMs = 120
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const clearLine = '\r\u001b[K'

/**
 * Shows on a terminal that the command is waiting for something, and nothing anywhere else: what is piped holds only
 * results and messages.
 *
 * @returns takes the line away; call it before anything else is written
 */
export function showWaiting({ stderr, env }: Pick<Io, 'stderr' | 'env'>, text: string): () => void {
  let shown = false
  let frame = 0
  const show = () => {
    if (!shown && (env.TERM === 'dumb' || !stderr.terminal)) return
    shown = true
    stderr.write(`${clearLine}${frames[frame++ % frames.length]} ${text}`)
    timer = setTimeout(show, frameMs)
  }
  let timer = setTimeout(show, patienceMs)
  return () => {
    clearTimeout(timer)
    if (shown) stderr.write(clearLine)
  }
}
