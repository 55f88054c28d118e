/** Pages with unsaved work are left only through here, by whatever navigates without a link. */
type Ask = (go: () => void) => void

let ask: Ask | undefined

/** @returns how to stop guarding */
export function guardLeaving(guard: Ask): () => void {
  ask = guard
  return () => {
    ask = undefined
  }
}

/** Goes, after the person has agreed to lose what is unsaved, if anything is. */
export function leave(go: () => void): void {
  if (ask) ask(go)
  else go()
}
