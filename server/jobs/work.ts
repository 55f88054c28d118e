/** What runs again and again beside the requests. */

export interface PeriodicWork {
  /** Stable, kebab-case: it names the row that {@link PeriodicWork.exclusive} work is claimed by. */
  name: string
  /** From the end of one run to the start of the next. */
  everyMs: number
  /**
   * Only one process of the installation runs it at a time, at most once per `everyMs`. Work that is not exclusive runs
   * in every process, and claims its rows with `FOR UPDATE SKIP LOCKED`.
   */
  exclusive?: true
  /**
   * Does a bounded part of what is due; what it throws is reported and tried again at the next turn.
   *
   * @param signal the process is stopping: begin nothing more
   * @returns `more` to be called again at once
   */
  run(signal: AbortSignal): Promise<'idle' | 'more'>
}
