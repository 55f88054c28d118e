import { type Failure, isFailure } from '@/lib/failure'

/** The refusal that a use case answers with. @throws Error when it succeeded or failed in any other way */
export async function refusal(attempt: Promise<unknown>): Promise<Failure> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error === undefined) throw new Error('expected a refusal, but it succeeded')
  if (!isFailure(error)) throw error
  return error
}
