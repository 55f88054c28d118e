/** What a rotator decided and did, kept before anybody relies on it, so that a killed rotation can be taken up again. */
export interface RotationJournal {
  /** What an earlier rotation of the same call left; undefined when none was interrupted. */
  find(): Promise<Step | undefined>
  /** Durable when it returns. */
  keep(step: Step): Promise<void>
}

export interface Step {
  /** Fingerprint of the state that the step started from. */
  basis: string
  /** What is to be done, new secrets included: JSON. */
  plan: unknown
  /** The state after it was done: JSON; absent until then. */
  state?: unknown
}
