import { Failure } from '../../failure'
import { type Io, readLine } from '../../io'
import { paintFor } from '../../output/colour'

/** The option of commands that destroy something. */
export const yesOption = {
  yes: { kind: 'boolean', short: 'y', help: 'Skip confirmation prompts, and proceed with removal anyway' },
} as const

export interface Confirmation {
  /** The sentence that says what will be gone. */
  readonly warning: string
  /** What the person must type. */
  readonly word: string
  /** `--yes` */
  readonly skip: boolean
}

/** Goes on only if the person types the word, or has said yes beforehand. */
export async function confirm(io: Io, { warning, word, skip }: Confirmation): Promise<void> {
  if (skip || /^(1|true)$/i.test(io.env.PULUMI_SKIP_CONFIRMATIONS ?? '')) return
  const paint = paintFor(io)
  const ask = paint('attention', "Please confirm that this is what you'd like to do by typing `")
  io.stdout.write(
    `${paint('attention', warning)}\n${ask}${paint('prompt', word)}${paint('attention', '`:')} `,
  )
  const answer = await readLine(io)
  if (answer?.trim() !== word) throw new Failure('DECLINED', 'confirmation declined')
}
