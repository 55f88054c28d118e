import { z } from 'zod'

/** What a command line says in its link. With a challenge it gets a code, without one the token itself. */
export const cliLoginRequest = z.object({
  cliSessionPort: z.string().regex(/^\d{1,5}$/),
  cliSessionNonce: z.string().regex(/^[0-9a-f]{16,128}$/i),
  cliSessionDescription: z.string().max(200).default(''),
  codeChallenge: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
})

export type CliLoginRequest = z.output<typeof cliLoginRequest>
